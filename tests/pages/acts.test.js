import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPage, skip, startBrowser, startService, violations } from './browser.js';

describe('What people do on the pages of the running service', { skip, timeout: 300_000 }, () => {
  let browser, running;

  before(async () => {
    [browser, running] = await Promise.all([startBrowser(), startService('--speed', '60')]);
  });

  after(async () => {
    await browser?.close();
    await running?.stop();
  });

  const open = (path, options) => openPage(browser, running.url + path, options);

  /** Sends a form, and is led to the page that says what has become of it. */
  const send = async (page, button) => {
    const before = page.url();
    await button.click();
    await page.waitForURL(url => url.href !== before && url.searchParams.has('said'));
  };

  /** An open incident that nobody has decided about. */
  const anIncident = async () => {
    for (const end = Date.now() + 180_000; Date.now() < end;) {
      const found = (await running.service.incidents())
        .find(one => one.status === 'open' && !one.acknowledgement && one.silenced_by.length === 0);
      if (found) return found;
      await new Promise(resolve => { setTimeout(resolve, 500); });
    }
    throw new Error('no incident opens');
  };

  for (const [name, options] of Object.entries({ 'with JavaScript': {}, 'without JavaScript': { javaScriptEnabled: false } })) {
    it(`acknowledge an incident, silence and close it: ${name}`, async () => {
      const { id } = await anIncident();
      const page = await open(`/incidents/${id}`, options);

      await page.locator('summary', { hasText: 'Acknowledge' }).click();
      await page.getByLabel('Your name').first().fill('Ann Onymous');
      await page.locator('#acknowledge-note').fill('looking at the CDN');
      await send(page, page.locator('form[action$="/acknowledge"] button'));
      assert.match(await page.locator('#outcome').textContent(), /acknowledged/);
      assert.match(await page.locator('.trail').textContent(), /acknowledged by Ann Onymous: looking at the CDN/);
      assert.equal(await page.locator('form[action$="/acknowledge"]').count(), 0);

      await page.locator('summary', { hasText: 'Silence' }).click();
      await page.locator('#silence-by').fill('Ann Onymous');
      await page.locator('#silence-for').selectOption('4h');
      await page.locator('#silence-comment').fill('the CDN moves');
      await send(page, page.locator('form[action$="/silence"] button'));
      assert.match(await page.locator('.trail').textContent(), /silenced by Ann Onymous: the CDN moves/);

      await page.locator('summary', { hasText: 'Close' }).click();
      await page.locator('#close-by').fill('Ann Onymous');
      await send(page, page.locator('form[action$="/close"] button'));
      assert.match(await page.locator('#outcome').textContent(), /closed/);
      // What goes on failing may have it open again by now.
      assert.match(await page.locator('.trail').textContent(), /closed by Ann Onymous/);
      assert.deepEqual(page.faults, []);
      assert.deepEqual(page.foreign, []);
      await page.context().close();
    });
  }

  it('acknowledge an incident with the keyboard alone', async () => {
    const { id } = await anIncident();
    const page = await open(`/incidents/${id}`);
    const focused = what => page.evaluate(selector => document.activeElement?.matches(selector), what);
    for (let tabs = 0; tabs < 40 && !await focused('#acts summary'); tabs++) await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Tab');
    assert.ok(await focused('#acknowledge-by'));
    await page.keyboard.type('Ann Onymous');
    await page.keyboard.press('Tab');
    await page.keyboard.type('by keys');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.waitForURL('**said=*');
    assert.match(await page.locator('.trail').textContent(), /acknowledged by Ann Onymous: by keys/);
    await page.context().close();
  });

  it('draft a silence, see what it would have muted, make it, and end it', async () => {
    const { property_id: property } = await anIncident();
    const page = await open('/silences', { javaScriptEnabled: false });
    await page.locator('#new-property').fill(property);
    await page.locator('#new-duration').fill('2h');
    await page.getByRole('button', { name: 'Show what it mutes' }).click();
    await page.waitForURL('**preview=yes*');
    assert.match(await page.locator('#preview .verdict').textContent(), /would have muted \d+ incident/);
    assert.ok(await page.locator('#preview li').count() > 0);
    await page.locator('#make-comment').fill('a drill');
    await page.locator('#make-by').fill('Ann Onymous');
    await send(page, page.getByRole('button', { name: 'Make this silence' }));
    const made = page.locator('#active + ul li', { hasText: 'a drill' });
    assert.equal(await made.count(), 1);

    await made.locator('summary').click();
    assert.equal(await made.getByLabel('Your name').inputValue(), 'Ann Onymous');
    await made.getByLabel('Your name').fill('Bob');
    await send(page, made.getByRole('button'));
    assert.match(await page.locator('#ended + ul').textContent(), /ended by Bob/);
    await page.context().close();
  });

  it('keep what was typed, and say what is wrong beside the field', async () => {
    const { id } = await anIncident();
    const page = await open(`/incidents/${id}/silence`);
    await page.locator('#silence-by').fill('Ann Onymous');
    await page.locator('#silence-for').selectOption('until');
    await page.locator('#silence-comment').fill('the CDN moves');
    await page.locator('form.act button').click();
    await page.locator('#silence-until-fault').waitFor();
    assert.equal(await page.locator('#silence-comment').inputValue(), 'the CDN moves');
    assert.equal(await page.locator('#silence-until').getAttribute('aria-describedby'), 'silence-until-fault');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });

  it('leave what is typed while the page is kept up to date', async () => {
    const { id } = await anIncident();
    const page = await open(`/incidents/${id}`);
    await page.locator('#live.on').waitFor();
    await page.locator('summary', { hasText: 'Silence' }).click();
    await page.locator('#silence-comment').fill('half a senten');
    const fresh = await page.locator('#fresh').textContent();
    await page.waitForFunction(before => document.getElementById('fresh')?.textContent !== before, fresh, { timeout: 60_000 });
    assert.equal(await page.locator('#silence-comment').inputValue(), 'half a senten');
    assert.ok(await page.locator('#silence-comment').isVisible(), 'the form was folded');
    await page.context().close();
  });

  for (const [name, options] of Object.entries({
    light: {}, dark: { colorScheme: 'dark' }, narrow: { viewport: { width: 320, height: 800 } },
  })) {
    it(`have nothing that axe objects to, and fit: ${name}`, async () => {
      const { id } = await anIncident();
      const draft = 'preview=yes&error_type=*&duration=2h&comment=why&by=ann';
      for (const path of [`/incidents/${id}`, `/incidents/${id}/silence`, `/incidents/${id}/close`, '/silences', `/silences?${draft}`,
        '/silences?kind=maintenance', '/silences?preview=yes&duration=never']) {
        const page = await open(path, options);
        await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
        assert.deepEqual(await violations(page), [], path);
        assert.deepEqual(page.faults, [], path);
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${path} is ${content} pixels wide`);
        await page.context().close();
      }
    });
  }
});
