import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { openPage, skip, startBrowser, startService, violations } from './browser.js';

describe('Trying options on the running service', { skip, timeout: 300_000 }, () => {
  let browser, running, property;

  before(async () => {
    [browser, running] = await Promise.all([startBrowser(), startService('--speed', '600')]);
    property = await aProperty();
  });

  after(async () => {
    await browser?.close();
    await running?.stop();
  });

  const open = (path, options) => openPage(browser, running.url + path, options);

  /** A property that had an incident. */
  const aProperty = async () => {
    for (const end = Date.now() + 180_000; Date.now() < end;) {
      const found = (await running.service.incidents()).find(one => one.property_id);
      if (found) return found.property_id;
      await new Promise(resolve => { setTimeout(resolve, 500); });
    }
    throw new Error('no incident opens');
  };

  /** Fills in the form on the way that a reader takes, and sends it. */
  const begin = async (page, options) => {
    await page.getByRole('link', { name: 'Try other options' }).click();
    await page.waitForURL('**/try?property=*');
    assert.equal(await page.locator('#try-property').inputValue(), property);
    await page.locator('#try-by').fill('Ann Onymous');
    await page.locator('#try-options').fill(options);
    await page.getByRole('button', { name: 'Try' }).click();
    await page.waitForURL(/\/try\/[0-9a-f-]+$/);
  };

  for (const [name, options] of Object.entries({
    'with JavaScript': {},
    'without JavaScript, at 320 pixels': { javaScriptEnabled: false, viewport: { width: 320, height: 800 } },
  })) {
    it(`compare incidents side by side: ${name}`, async () => {
      const page = await open(`/properties/${property}`, options);
      await begin(page, 'Detection:TailProbability=1e-14');
      // The page renews itself.
      await page.locator('#found').waitFor({ timeout: 120_000 });
      assert.match(await page.locator('#found').textContent(), /With these: \d+ incidents?\.\s+With those in force: \d+/);
      assert.match(await page.locator('main').textContent(), /really opened by the service/);
      assert.deepEqual(page.faults, []);
      assert.deepEqual(page.foreign, []);
      await page.context().close();
    });
  }

  it('have nothing that axe objects to, and fit into 320 pixels', async () => {
    const list = await open('/try');
    const run = await list.locator('section[aria-labelledby=runs] li a').first().getAttribute('href');
    await list.context().close();
    for (const path of ['/try', run, '/try/unknown']) {
      for (const options of [{}, { colorScheme: 'dark' }, { viewport: { width: 320, height: 800 } }]) {
        const page = await open(path, options);
        await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
        assert.deepEqual(await violations(page), [], path);
        const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
        assert.ok(content <= window, `${path} is ${content} pixels wide`);
        await page.context().close();
      }
    }
  });

  it('say beside the field what is wrong, and keep what was typed', async () => {
    const page = await open(`/try?property=${property}`);
    await page.locator('#try-by').fill('Ann Onymous');
    await page.locator('#try-options').fill('Detection:MinimumRatoi=3');
    await page.getByRole('button', { name: 'Try' }).click();
    await page.locator('#try-options-fault').waitFor();
    assert.match(await page.locator('#try-options-fault').textContent(), /did you mean Detection:MinimumRatio\?/);
    assert.equal(await page.locator('#try-options').inputValue(), 'Detection:MinimumRatoi=3');
    assert.deepEqual(await violations(page), []);
    await page.context().close();
  });
});
