// Every manifest of every file in charts/rx-alerting/ci is one that a cluster takes.
import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { chart, helm, manifests, one, repository } from './helm.js';
import { unknownFields, validate } from './schemas.js';

const valuesFiles = readdirSync(join(chart, 'ci'));
const valuesOf = file => parse(readFileSync(join(chart, 'ci', file), 'utf8')) ?? {};

for (const file of valuesFiles) {
  test(`${file}: helm has nothing to say, and the schemas have not`, async () => {
    await helm(['lint', '--strict', chart, '-f', join(chart, 'ci', file)]);
    const all = await manifests(valuesOf(file));
    assert.ok(all.length > 4);
    for (const manifest of all) await validate(manifest);
  });
}

test('no manifest has a field that its schema does not know', async () => {
  const named = [];
  for (const file of valuesFiles)
    for (const manifest of await manifests(valuesOf(file))) named.push([`${file} ${manifest.kind}`, manifest]);
  assert.deepEqual(unknownFields(named), []);
});

test('the check of fields finds one that no schema knows', async () => {
  const statefulSet = one(await manifests(), 'StatefulSet');
  statefulSet.spec.template.spec.containers[0].imagePulPolicy = 'Always';
  const [fault] = unknownFields([['wrong', statefulSet]]);
  assert.match(fault, /^wrong: .*imagePulPolicy/);
});

test('files in ci have every kind that the chart can make', async () => {
  const kinds = new Set();
  for (const file of valuesFiles) for (const { kind } of await manifests(valuesOf(file))) kinds.add(kind);
  const templates = readdirSync(join(chart, 'templates'), { recursive: true }).filter(name => name.endsWith('.yaml'))
    .flatMap(name => [...readFileSync(join(chart, 'templates', name), 'utf8').matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind));
  assert.deepEqual([...kinds].sort(), [...new Set(templates)].sort());
});

test('files in ci set every section of values.yaml', () => {
  const set = new Set(valuesFiles.flatMap(file => Object.keys(valuesOf(file))));
  const rarely = ['replicaCount', 'strategy', 'minReadySeconds', 'revisionHistoryLimit', 'nameOverride', 'tmp', 'heapPercent',
    'podSecurityContext', 'securityContext', 'topologySpreadConstraints'];
  const sections = Object.keys(parse(readFileSync(join(chart, 'values.yaml'), 'utf8')));
  assert.deepEqual(sections.filter(section => !set.has(section)).sort(), rarely.sort());
});

test('every key of the schema has a default and words in values.yaml, and the other way around', () => {
  const { properties: { global: _, ...properties } } = JSON.parse(readFileSync(join(chart, 'values.schema.json'), 'utf8'));
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  assert.deepEqual(Object.keys(values).sort(), Object.keys(properties).sort());
  for (const [key, section] of Object.entries(properties)) {
    if (!section.properties) continue;
    assert.equal(section.additionalProperties, false, key);
    const optional = { resources: ['claims'], dnsConfig: ['nameservers', 'searches', 'options'] }[key] ?? [];
    assert.deepEqual(Object.keys(values[key]).sort(), Object.keys(section.properties).filter(each => !optional.includes(each)).sort(), key);
  }
});

test('values.yaml as it is makes the same as no values', async () => {
  const values = parse(readFileSync(join(chart, 'values.yaml'), 'utf8'));
  assert.deepEqual(await manifests(values), await manifests());
});

test('the chart and the service have the version of the project', () => {
  const [, version] = /<Version>(.*)<\/Version>/.exec(readFileSync(join(repository, 'Directory.Build.props'), 'utf8'));
  const described = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'));
  assert.deepEqual([described.version, described.appVersion], [version, version]);
});

test('the chart can be packaged, without what only its tests need', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'rx-alerting-chart-'));
  try {
    await helm(['package', chart, '--destination', folder]);
    const [archive] = readdirSync(folder);
    assert.match(archive, /^rx-alerting-\d+\.\d+\.\d+\.tgz$/);
    assert.deepEqual(await helm(['template', 'demo', join(folder, archive)]), await helm(['template', 'demo', chart]));
    const shown = await helm(['show', 'all', join(folder, archive)]);
    assert.ok(!shown.includes('ci/'));
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the notes say where the incidents are, and what to mind', async () => {
  const install = args => helm(['install', 'demo', chart, '--namespace', 'video', '--dry-run=client', ...args]);
  const notes = (await install([])).split('NOTES:')[1];
  assert.match(notes, /reads simulation, and keeps its state in sqlite/);
  assert.match(notes, /kubectl --namespace video port-forward service\/demo-rx-alerting 8080:8080/);
  assert.match(notes, /kubectl --namespace video exec statefulset\/demo-rx-alerting -- rx-alerting token create me/);
  assert.match(notes, /Without a token, callers may do nothing/);
  const readable = (await install(['--set', 'settings.Access.Anonymous=reader'])).split('NOTES:')[1];
  assert.match(readable, /Without a token, callers are reader/);
  assert.match(notes, /Mind: this is simulated traffic/);
  assert.doesNotMatch(notes, /these Secrets/);
  const withSecrets = (await install(['-f', join(chart, 'ci/kafka-any-values.yaml')])).split('NOTES:')[1];
  assert.match(withSecrets, /these Secrets are in namespace video: kafka \(key settings\), rabbitmq \(key uri\), redis/);
  const exposed = (await install(['-f', join(chart, 'ci/exposed-values.yaml')])).split('NOTES:')[1];
  assert.match(exposed, /https:\/\/alerting\.example\.com\/\n/);
  assert.match(notes, /Mind: prometheusRule\.enabled is false/);
  const rules = (await install(['--set', 'prometheusRule.enabled=true'])).split('NOTES:')[1];
  assert.match(rules, /Mind: serviceMonitor\.enabled is false\. Unless your Prometheus scrapes demo-rx-alerting-metrics/);
  const both = (await install(['--set', 'prometheusRule.enabled=true,serviceMonitor.enabled=true'])).split('NOTES:')[1];
  assert.doesNotMatch(both, /serviceMonitor|prometheusRule/);
});
