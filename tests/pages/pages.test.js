import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openPage, skip, startBrowser, startService, violations } from './browser.js';

/** The pages that the head leads to, beside the incidents. */
const PLACES = ['/properties', '/notifications', '/pipeline', '/try'];

describe('The pages of the running service', { skip, timeout: 480_000 }, () => {
  let browser, running;

  before(async () => {
    [browser, running] = await Promise.all([startBrowser(), startService('--speed', '300')]);
  });

  after(async () => {
    await browser?.close();
    await running?.stop();
  });

  const open = (path, options) => openPage(browser, running.url + path, options);

  /** The incident with the longest history that is known. */
  const anIncident = async () => {
    const all = await running.service.incidents();
    return `/incidents/${all.sort((one, other) => other.timeline.length - one.timeline.length)[0].id}`;
  };

  /** A property with views. */
  const aProperty = async () => {
    const list = await (await fetch(`${running.url}/properties`)).text();
    return list.match(/href="(\/properties\/[^"]+)"/)[1];
  };

  it('show an incident that opens, without being loaded again', async () => {
    const page = await open('/');
    await page.locator('#live.on').waitFor();
    await page.evaluate(() => { globalThis.isTheSame = true; });

    await page.locator('#incidents tbody').first().waitFor({ timeout: 120_000 });

    assert.ok(await page.evaluate(() => globalThis.isTheSame), 'the page was loaded again');
    assert.deepEqual(page.faults, []);
    assert.deepEqual(page.foreign, []);
    await page.context().close();
  });

  it('announce what is new, and leave what is read where it is', async () => {
    const page = await open('/?show=all');
    await page.locator('#incidents tbody').first().waitFor();
    const link = page.locator('#incidents .subject').first();
    await link.focus();
    const place = await link.boundingBox();
    const key = await page.locator('#incidents tbody').first().getAttribute('data-key');
    const count = await page.locator('#incidents tbody').count();

    const news = page.locator('#news button');
    await news.waitFor({ timeout: 120_000 });

    assert.match(await news.textContent(), /^\d+ new/);
    assert.equal(await page.locator('#incidents tbody').count(), count, 'rows came without being asked for');
    assert.equal(await page.locator('#incidents tbody').first().getAttribute('data-key'), key);
    assert.equal((await link.boundingBox()).x, place.x);
    assert.ok(await link.evaluate(element => element === document.activeElement), 'the focus was lost');
    await news.click();
    await news.waitFor({ state: 'detached' });
    assert.ok(await page.locator('#incidents tbody').count() > count);
    await page.context().close();
  });

  for (const [name, options] of Object.entries({
    light: {}, dark: { colorScheme: 'dark' }, narrow: { viewport: { width: 320, height: 800 } },
  })) {
    it(`have nothing that axe objects to: ${name}`, async () => {
      const paths = ['/', '/?show=all&severity=alert', '/?q=nothing+such', await anIncident(), '/incidents/unknown'];
      for (const path of [...paths, ...PLACES, await aProperty()]) {
        const page = await open(path, options);
        assert.deepEqual(await violations(page), [], path);
        assert.deepEqual(page.faults, [], path);
        await page.context().close();
      }
    });
  }

  it('fit into 320 pixels, unfolded as well', async () => {
    for (const path of ['/', '/?show=all', await anIncident(), '/incidents/unknown', ...PLACES, await aProperty()]) {
      const page = await open(path, { viewport: { width: 320, height: 800 } });
      await page.evaluate(() => document.querySelectorAll('details').forEach(each => { each.open = true; }));
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `${path} is ${content} pixels wide`);
      await page.context().close();
    }
  });

  it('show all figures of a table in 320 pixels, each with its name, without scrolling aside', async () => {
    for (const path of ['/properties', await aProperty()]) {
      const page = await open(path, { viewport: { width: 320, height: 800 } });
      const cells = page.locator('table.cards tbody td');
      assert.ok(await cells.count() > 0);
      for (const cell of (await cells.all()).slice(0, 14)) {
        const box = await cell.boundingBox();
        assert.ok(box.x >= 0 && box.x + box.width <= 320, `${path}: ${await cell.textContent()} is cut off`);
        assert.match(await cell.evaluate(one => getComputedStyle(one, '::before').content), /[A-Z]/);
      }
      await page.context().close();
    }
  });

  it('have a head of one row at 1280 pixels', async () => {
    for (const path of ['/', '/notifications', '/silences']) {
      const page = await open(path);
      await page.locator('#live.on').waitFor();
      assert.ok((await page.locator('header.top').boundingBox()).height < 64, path);
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `${path} is ${content} pixels wide`);
      await page.context().close();
    }
  });

  it('say so, with ways out, where there is no page, and where a time zone is none', async () => {
    for (const options of [{}, { colorScheme: 'dark', viewport: { width: 320, height: 800 } }]) {
      const page = await open('/incidentz', options);
      assert.equal(await page.locator('h1').textContent(), 'There is nothing at this address.');
      assert.deepEqual(await violations(page), []);
      await page.locator('a', { hasText: 'Properties' }).click();
      await page.waitForURL('**/properties');
      await page.goto(`${running.url}/?tz=garbage`);
      assert.match(await page.locator('#main .banner[role=alert]').textContent(), /no time zone “garbage”.*Times are in UTC/);
      await page.context().close();
    }
  });

  it('lead to one another, and say where one is', async () => {
    for (const options of [{}, { javaScriptEnabled: false }]) {
      const page = await open('/', options);
      for (const place of PLACES) {
        await page.locator(`.places a[href="${place}"]`).click();
        await page.waitForURL(`**${place}`);
        assert.equal(await page.locator('.places a[aria-current=page]').getAttribute('href'), place);
        assert.ok(await page.locator('h1').isVisible());
      }
      await page.context().close();
    }
  });

  it('find a title of a property by a part of its name, without JavaScript', async () => {
    const page = await open('/properties', { javaScriptEnabled: false });
    await page.locator('.rates tbody th a').first().click();
    await page.waitForURL('**/properties/*');
    const title = await page.locator('section[aria-labelledby=titles] tbody th span').first().textContent();
    await page.locator('#q').fill(title.slice(0, -1));
    await page.keyboard.press('Enter');
    await page.waitForURL('**q=**');
    const found = await page.locator('section[aria-labelledby=titles] tbody th span').allTextContents();
    assert.ok(found.includes(title), `${title} is not in ${found}`);
    await page.context().close();
  });

  it('show how far the stream is read, without being loaded again', async () => {
    const page = await open('/pipeline');
    await page.locator('#live.on').waitFor();
    const views = () => page.locator('section[aria-labelledby=pipelines] tbody td.num').first().textContent();
    const before = await views();
    await page.waitForFunction(
      text => document.querySelector('section[aria-labelledby=pipelines] tbody td.num').textContent !== text, before, { timeout: 20_000 });
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  it('are dark where the system is', async () => {
    const page = await open('/', { colorScheme: 'dark' });
    const colour = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    assert.ok(colour.match(/\d+/g).every(part => Number(part) < 60), colour);
    await page.context().close();
  });

  it('can be used with the keyboard alone', async () => {
    const page = await open('/?show=all');
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to the content');
    await page.keyboard.press('Enter');
    assert.equal(await page.evaluate(() => document.activeElement.id), 'main');
    for (let tabs = 0; tabs < 40 && !await page.evaluate(() => document.activeElement.matches('.subject')); tabs++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
      assert.notEqual(outline, 'none', 'the focus is not to be seen');
    }
    await page.keyboard.press('Enter');
    await page.waitForURL('**/incidents/*');
    assert.ok(await page.locator('h1').isVisible());
    await page.context().close();
  });

  it('read as well without JavaScript, and can be narrowed and ordered', async () => {
    const page = await open('/?show=all', { javaScriptEnabled: false });
    assert.ok(await page.locator('#incidents tbody').count() > 0);
    assert.match(await page.locator('#live').textContent(), /reload/);
    const title = await page.locator('#incidents .subject').first().textContent();
    await page.locator('#q').fill(title.match(/[^“”]+/)[0].replace(/^Property /, ''));
    await page.keyboard.press('Enter');
    await page.waitForURL('**q=**');
    assert.equal(await page.locator('#incidents .subject').first().textContent(), title);
    await page.locator('#incidents thead a', { hasText: 'Views impacted' }).click();
    await page.waitForURL('**sort=views**');
    await page.locator('#zone').selectOption('Asia/Tokyo');
    await page.locator('.zone button').click();
    assert.match(await page.locator('#fresh').textContent(), /Asia\/Tokyo/);
    await page.locator('#incidents .subject').first().click();
    assert.equal(await page.locator('figure svg.wide').count(), 1);
    assert.match(await page.locator('#cause + p').textContent(), /./);
    await page.locator('figure summary').click();
    assert.ok(await page.locator('figure tbody tr').first().isVisible());
    await page.context().close();
  });

  it('say that they are not live any more when the service is gone', async () => {
    const other = await startService('--speed', '300');
    const page = await openPage(browser, other.url);
    await page.locator('#live.on').waitFor();
    await other.stop();
    await page.locator('#live.off').waitFor({ timeout: 20_000 });
    assert.match(await page.locator('#live').textContent(), /not live/);
    await page.context().close();
  });
});

describe('The script of the pages', () => {
  it('has no fault of types', () => {
    const compiler = join(import.meta.dirname, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '--project', join(import.meta.dirname, 'tsconfig.json')], { stdio: 'pipe' });
  });
});
