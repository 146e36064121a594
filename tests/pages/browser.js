// The built service on simulated traffic, and Debian's Chromium. Where one lacks, tests are skipped, and fail on CI.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { chromium } from 'playwright-core';
import { findProgram, removeFolder, temporaryFolder } from '../behaviour/servers/processes.js';
import { Service } from '../behaviour/servers/service.js';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const executable = process.env.CHROMIUM ?? findProgram('chromium') ?? findProgram('chromium-browser');

/** Why nothing can be tested here; false if it can. */
export const missing = Service.missing() ?? (executable ? false : 'install chromium: eng/servers does on Debian');

/** As the tests' option `skip`: on CI nothing is skipped. */
export const skip = process.env.CI === 'true' ? false : missing;

export async function startService(...options) {
  if (missing) throw new Error(missing);
  const folder = temporaryFolder('pages');
  const service = new Service(folder, options);
  await service.start();
  return { service, url: service.apiUrl, stop: () => service.end('SIGTERM').finally(() => removeFolder(folder)) };
}

export const startBrowser = () => chromium.launch({
  executablePath: executable, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-dev-shm-usage'],
});

/** A page that fails its test where a script fails, or the content security policy refuses something. */
export async function openPage(browser, url, options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.faults = [];
  page.on('pageerror', fault => page.faults.push(fault.message));
  page.on('console', message => {
    if (message.type() === 'error' && !/ERR_|status of 4/.test(message.text())) page.faults.push(message.text());
  });
  page.foreign = [];
  page.on('request', request => {
    if (new URL(request.url()).origin !== new URL(url).origin) page.foreign.push(request.url());
  });
  await page.goto(url);
  return page;
}

/** What axe finds against WCAG 2.2 AA and its own best practices, in short. */
export async function violations(page) {
  // As an evaluation, not as an element: the policy of the pages forbids scripts within them.
  await page.evaluate(axe);
  const { violations: found } = await page.evaluate(() => globalThis.axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
  }));
  const where = node => `${node.html.slice(0, 160)} (${node.failureSummary})`;
  return found.map(one => `${one.id}: ${one.nodes.slice(0, 3).map(where).join(' | ')}`);
}
