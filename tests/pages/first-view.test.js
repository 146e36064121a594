// How much a first visit takes over the network: a phone at three in the morning has a slow one.
import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { eventually } from '../behaviour/eventually.js';
import { openPage, skip, startBrowser, startService } from './browser.js';

const MOST = 100_000;

/** Rows on a full page of the list. */
const FULL = 50;

describe('A first view, of a full list of incidents', { skip, timeout: 240_000 }, () => {
  let browser, running;

  before(async () => {
    [browser, running] = await Promise.all([startBrowser(), startService('--speed', '20000')]);
    await eventually(
      async () => (await (await fetch(`${running.url}/`)).text()).match(/id="all-tab">All <span class="count">([\d,]+)/),
      found => assert.ok(Number(found[1].replaceAll(',', '')) >= FULL, `${found[1]} incidents`));
  });

  after(async () => {
    await browser?.close();
    await running?.stop();
  });

  /** Bytes of all answers, heads included, and how many there were. A new browser has nothing in its cache. */
  async function weigh(path) {
    const requests = [];
    const page = await openPage(browser, `${running.url}/health/live`);
    page.on('requestfinished', request => requests.push(request));
    await page.goto(running.url + path, { waitUntil: 'load' });
    const sizes = await Promise.all(requests.map(request => request.sizes()));
    assert.deepEqual(page.foreign, []);
    const rows = await page.locator('#incidents tbody').count();
    await page.context().close();
    return { bytes: sizes.reduce((sum, one) => sum + one.responseBodySize + one.responseHeadersSize, 0), answers: requests.length, rows };
  }

  const anIncident = async () => `/incidents/${(await running.service.incidents())[0].id}`;

  for (const [name, find] of [['/?show=all', async () => '/?show=all'], ['/', async () => '/'], ['/incidents/…', anIncident],
    ['/properties', async () => '/properties'], ['/pipeline', async () => '/pipeline']]) {
    it(`${name} takes less than ${MOST / 1000} kB, and nothing from foreign hosts`, async context => {
      const { bytes, answers, rows } = await weigh(await find());
      context.diagnostic(`${name}: ${bytes} bytes in ${answers} answers`);
      assert.ok(answers >= 3, `${answers} answers: the page, the style and the script at least`);
      if (name === '/?show=all') assert.equal(rows, FULL);
      assert.ok(bytes < MOST, `${bytes} bytes`);
    });
  }
});
