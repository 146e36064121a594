// The document of the API, linted; and the page that shows it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { createConfig, lintFromString } from '@redocly/openapi-core';
import { openPage, skip, startBrowser, startService } from './browser.js';

let service, browser;

before(async () => {
  if (skip) return;
  [service, browser] = await Promise.all([startService(), startBrowser()]);
});

after(() => Promise.all([browser?.close(), service?.stop()]));

test('the document of the API passes the linter, examples included', { skip }, async () => {
  const response = await fetch(`${service.url}/openapi/v1.json`);
  const source = await response.text();
  assert.match(JSON.parse(source).openapi, /^3\.1\./);

  const config = await createConfig({ extends: ['recommended'], rules: { 'info-license': 'off' } });
  const problems = await lintFromString({ source, absoluteRef: 'openapi.json', config });

  assert.deepEqual(problems.map(one => `${one.ruleId}: ${one.message} ${one.location[0]?.pointer}`), []);
});

test('the document of the API has every operation and an example of each answer', { skip }, async () => {
  const { paths } = await (await fetch(`${service.url}/openapi/v1.json`)).json();
  const operations = Object.values(paths).flatMap(path => Object.values(path));

  assert.deepEqual(
    operations.map(one => one.operationId).sort(),
    [
      'acknowledgeIncident', 'closeIncident', 'createMaintenanceWindow', 'createSilence', 'expireMaintenanceWindow', 'expireSilence',
      'getErrorRates', 'getExplanation', 'getIncident', 'getMaintenanceWindow', 'getSilence', 'getTimeline', 'listChannels',
      'listIncidents', 'listMaintenanceWindows', 'listNotifications', 'listPartitions', 'listPipelines', 'listProperties',
      'listRelatedIncidents', 'listSilences', 'listTitles', 'listenToEvents', 'previewMaintenanceWindow', 'previewSilence',
      'retryNotifications', 'sendCommand',
    ]);
  for (const { operationId, responses } of operations.filter(one => one.operationId !== 'listenToEvents')) {
    assert.ok((responses[200] ?? responses[201]).content['application/json'].example, operationId);
    assert.ok(responses[401].content['application/problem+json'].example, operationId);
  }
});

test('the page of the API shows its operations, and asks no foreign host', { skip }, async () => {
  const page = await openPage(browser, `${service.url}/api`);

  await page.getByText('/api/v1/events').first().waitFor();

  assert.deepEqual(page.faults, []);
  assert.deepEqual(page.foreign, []);
  await page.context().close();
});
