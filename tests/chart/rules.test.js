// Alert rules, their tests, their runbook, and the dashboard: all speak of metrics that there are.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { stringify } from 'yaml';
import { repository } from './helm.js';
import { metrics } from './metrics.js';
import { dashboard, named, queriesFor, rules, rulesFile } from './monitoring.js';
import { needsPromtool, promtool } from './promtool.js';

const testFolder = fileURLToPath(new URL('rules', import.meta.url));
const testFiles = readdirSync(testFolder).map(name => join(testFolder, name));
const queries = queriesFor('1m');

test('promtool has nothing to say of the rules', needsPromtool, () => {
  assert.match(promtool('check', 'rules', rulesFile), new RegExp(`SUCCESS: ${rules.length} rules found`));
});

for (const file of testFiles) {
  test(`alerts fire and do not fire: ${file.slice(testFolder.length + 1)}`, needsPromtool, () => {
    promtool('test', 'rules', file);
  });
}

test('a test has every alert fire: if none ever fired, each would be missed', needsPromtool, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-alerting-rules-'));
  try {
    const silent = rules.map(({ alert, labels }) => ({ alert, expr: 'vector(0) > 1', labels }));
    writeFileSync(join(folder, 'rules.yaml'), stringify({ groups: [{ name: 'silent', rules: silent }] }));
    const files = testFiles.map(file => join(folder, basename(file)));
    for (const [at, file] of testFiles.entries())
      writeFileSync(files[at], readFileSync(file, 'utf8').replace(/^rule_files:.*$/m, 'rule_files: [rules.yaml]'));
    let said = '';
    assert.throws(() => promtool('test', 'rules', ...files), failure => Boolean(said = failure.message));
    assert.deepEqual(rules.map(rule => rule.alert).filter(alert => !said.includes(`"${alert}"`)), []);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every alert has a severity, words, and labels that its words can name', () => {
  for (const { alert, expr, labels, annotations } of rules) {
    assert.match(labels.severity, /^(info|warning|critical)$/, alert);
    assert.ok(annotations.summary.length > 10 && annotations.description.length > 30, alert);
    const kept = [...expr.matchAll(/by \(([^)]+)\)/g)].flatMap(([, names]) => names.split(', '));
    for (const [, label] of annotations.description.matchAll(/\$labels\.(\w+)/g))
      assert.ok(kept.includes(label) || (label === 'instance' && kept.length === 0), `${alert}: ${label}`);
  }
});

test('every alert has a section of the runbook, and every section an alert', () => {
  const document = readFileSync(join(repository, 'docs/alerts.md'), 'utf8');
  const sections = [...document.matchAll(/^## (RxAlerting\w+)$/gm)].map(([, name]) => name);
  assert.deepEqual(sections.sort(), rules.map(rule => rule.alert).sort());
  for (const section of document.split(/^## /m).slice(1)) {
    for (const part of ['**Means**', '**Look at**', '**Do**']) assert.ok(section.includes(part), `${section.split('\n')[0]}: ${part}`);
  }
  for (const { alert, for: after = 'at once', labels, annotations } of rules) {
    const anchor = `#${alert.toLowerCase()}`;
    assert.equal(annotations.runbook_url, `docs/alerts.md${anchor}`);
    assert.ok(document.includes(`\n| [${alert}](${anchor}) | ${labels.severity} | ${after} |\n`), `the table has another ${alert}`);
  }
});

test('rules and dashboard name metrics that there are', () => {
  const unknown = [...rules.map(rule => rule.expr), ...queries].flatMap(named).filter(name => !metrics.has(name));
  assert.deepEqual([...new Set(unknown)], []);
});

test('every query of the dashboard is PromQL', needsPromtool, () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-alerting-dashboard-'));
  try {
    const records = queries.map((expr, at) => ({ record: `query${at}`, expr }));
    writeFileSync(join(folder, 'queries.yaml'), stringify({ groups: [{ name: 'dashboard', rules: records }] }));
    promtool('check', 'rules', join(folder, 'queries.yaml'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the dashboard is found by its data source, and no two panels share a place or an id', () => {
  const panels = dashboard.panels;
  assert.equal(new Set(panels.map(panel => panel.id)).size, panels.length);
  for (const panel of panels.filter(each => each.type !== 'row')) assert.equal(panel.datasource.uid, '${datasource}', panel.title);
  const cells = panels.flatMap(({ title, gridPos: { x, y, w, h } }) =>
    Array.from({ length: w * h }, (_, at) => [`${x + at % w},${y + Math.floor(at / w)}`, title]));
  const taken = new Map();
  for (const [cell, title] of cells) {
    assert.ok(!taken.has(cell), `${title} lies on ${taken.get(cell)}`);
    taken.set(cell, title);
  }
});

test('what the dashboard is for is on it', () => {
  const shown = new Set(queries.flatMap(named));
  for (const name of ['views_total', 'views_failed_total', 'partition_lag_records', 'watermark_delay_seconds', 'checkpoint_commits_total',
    'incidents_open', 'property_error_ratio', 'property_threshold_ratio', 'channel_effects_total', 'notifications_total', 'state_bytes'])
    assert.ok(shown.has(`rx_alerting_${name}`), name);
});
