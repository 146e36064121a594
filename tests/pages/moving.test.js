import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { openPage, skip, startBrowser, startService, violations } from './browser.js';

const sources = join(import.meta.dirname, '../../src/Rx.Alerting.Service/Pages/Moving');
const lacks = existsSync(join(sources, 'out/course.js')) ? false : 'bundle the picture: eng/bundle, then make build';
const skipMoving = process.env.CI === 'true' ? skip : skip || lacks;

/** Names as somebody may put them into the stream. */
const HOSTILE = '"><img src=x onerror="globalThis.isHacked=true"><script>globalThis.isHacked=true</script>';

describe('The picture that moves', { skip: skipMoving, timeout: 240_000 }, () => {
  let browser, running, address;

  before(async () => {
    [browser, running] = await Promise.all([startBrowser(), startService('--speed', '300')]);
    for (const end = Date.now() + 180_000; !address && Date.now() < end;) {
      const found = (await running.service.incidents()).find(one => one.timeline.length > 3);
      if (found) address = `/incidents/${found.id}`;
      else await new Promise(resolve => { setTimeout(resolve, 500); });
    }
    assert.ok(address, 'no incident has a course');
  });

  after(async () => {
    await browser?.close();
    await running?.stop();
  });

  const open = options => openPage(browser, running.url + address, options);

  /** Has the picture move. */
  const move = async page => {
    await page.locator('.moving button').click();
    await page.locator('.uplot canvas').waitFor();
  };

  it('is loaded when somebody asks for it, and not before', async () => {
    const page = await open();
    const loaded = [];
    page.on('request', request => loaded.push(new URL(request.url()).pathname));
    assert.equal(await page.locator('.uplot').count(), 0);
    assert.ok(await page.locator('svg.picture.wide').isVisible());

    await move(page);

    assert.ok(loaded.some(path => /^\/assets\/course\.[0-9a-f]+\.js$/.test(path)), loaded.join(' '));
    assert.equal(await page.locator('svg.picture.wide').isVisible(), false);
    assert.deepEqual(page.foreign, []);
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  it('is on the page of an incident only', async () => {
    for (const path of ['/', '/properties', '/pipeline', '/notifications', '/silences']) {
      assert.doesNotMatch(await (await fetch(running.url + path)).text(), /assets\/course/);
    }
  });

  it('says what is under the mouse, and can be zoomed by keys', async () => {
    const page = await open();
    await move(page);
    const box = await page.locator('.u-over').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.u-legend', { hasText: /views failed/ }).waitFor();
    const legend = await page.locator('.u-legend').textContent();
    assert.match(legend, /[\d.]+ %: \d+ of \d+ views failed/);
    assert.match(legend, /Time \(UTC\)/);

    const before = await page.locator('.uplot canvas').screenshot();
    await page.locator('.moving button', { hasText: 'Zoom in' }).focus();
    await page.keyboard.press('Enter');
    await page.evaluate(() => new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    assert.notDeepEqual(await page.locator('.uplot canvas').screenshot(), before, 'the picture has not moved');
    await page.context().close();
  });

  it('stays while the page is kept up to date', async () => {
    const page = await open();
    await page.locator('#live.on').waitFor();
    await move(page);
    await page.locator('.moving button', { hasText: 'Zoom in' }).focus();
    // A note that the next look takes away, as one does when a view comes again.
    await page.evaluate(() => {
      for (const place of document.querySelectorAll('dl.key, figure.course')) place.before(document.createElement('p'));
    });
    // The page asks for itself again, and puts in place what has changed: twice, as the first answer may have been under way.
    for (let answers = 0; answers < 2; answers++) {
      await page.waitForResponse(answer => new URL(answer.url()).pathname === address, { timeout: 60_000 });
    }
    await page.evaluate(() => new Promise(done => { requestAnimationFrame(() => requestAnimationFrame(done)); }));
    assert.equal(await page.locator('.incident > p:empty').count(), 0);
    assert.equal(await page.locator('.uplot').count(), 1);
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Zoom in');
    assert.deepEqual(page.faults, []);
    await page.context().close();
  });

  for (const [name, options] of Object.entries({
    light: {}, dark: { colorScheme: 'dark' }, narrow: { viewport: { width: 320, height: 800 } },
  })) {
    it(`has nothing that axe objects to, and fits: ${name}`, async () => {
      const page = await open(options);
      await move(page);
      assert.deepEqual(await violations(page), []);
      const [content, window] = await page.evaluate(() => [document.documentElement.scrollWidth, innerWidth]);
      assert.ok(content <= window, `it is ${content} pixels wide`);
      await page.context().close();
    });
  }

  it('shows names of whoever writes the stream as texts, in the legend and at the axes (CVE-2026-40179, CVE-2026-44903)', async () => {
    const page = await open();
    await page.evaluate(name => {
      const place = document.querySelector('.moving');
      place.dataset.zone = 'UTC';
      place.dataset.normal = name;
      place.dataset.points = `${place.dataset.points} ${name}`;
      document.querySelector('figure.course').setAttribute('aria-label', name);
    }, HOSTILE);
    await move(page);
    const box = await page.locator('.u-over').boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.locator('.u-legend', { hasText: /views failed/ }).waitFor();
    assert.equal(await page.evaluate(() => globalThis.isHacked), undefined);
    assert.equal(await page.locator('.moving :is(img, script, iframe, a)').count(), 0);
    await page.context().close();
  });

  it('is not there without JavaScript, and the picture and its table are', async () => {
    const page = await open({ javaScriptEnabled: false });
    assert.ok(await page.locator('svg.picture.wide').isVisible());
    assert.equal(await page.locator('.moving button').count(), 0);
    await page.locator('figure summary').click();
    assert.ok(await page.locator('figure tbody tr').first().isVisible());
    await page.context().close();
  });

  it('is not printed: the picture that stands still is', async () => {
    const page = await open();
    await move(page);
    await page.emulateMedia({ media: 'print' });
    assert.ok(await page.locator('svg.picture.wide').isVisible());
    assert.equal(await page.locator('.moving').isVisible(), false);
    await page.context().close();
  });
});

describe('The script of the picture that moves', () => {
  const isThere = existsSync(join(sources, 'node_modules/uplot')) || process.env.CI === 'true';

  it('has no fault of types', { skip: isThere ? false : lacks }, () => {
    const compiler = join(import.meta.dirname, 'node_modules/typescript/bin/tsc');
    execFileSync(process.execPath, [compiler, '--project', join(sources, 'tsconfig.json')], { stdio: 'pipe' });
  });
});
