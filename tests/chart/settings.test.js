// How options and secrets come to the service.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chart, manifests, one, optionsOf, podOf } from './helm.js';
import { documented } from './options.js';

test('sections may be nested or written with colons', async () => {
  const nested = optionsOf(await manifests({ settings: { Detection: { MinimumErrors: 7 }, Channels: { ops: { Kind: 'slack' } } } }));
  const flat = optionsOf(await manifests({ settings: { 'Detection:MinimumErrors': 7, 'Channels:ops:Kind': 'slack' } }));
  assert.deepEqual(nested, flat);
  assert.equal(nested['Channels:ops:Kind'], 'slack');
});

test('values arrive as options are written', async () => {
  const options = optionsOf(await manifests({
    settings: {
      'Checkpoints:MaximumUncommittedViews': 5000000,
      'Windows:MaximumTitles': 100000000,
      'Detection:TailProbability': 5e-7,
      'Detection:MinimumRatio': 1.5,
      'Windows:NestedViews': [20, 50, 100],
      'Dumps:PathStyle': true,
      'Detection:MinimumExcess': 0,
      'Kafka:Settings': '$(HOME) a=b,c="d"',
    },
  }));
  assert.equal(options['Checkpoints:MaximumUncommittedViews'], '5000000');
  assert.equal(options['Windows:MaximumTitles'], '100000000');
  assert.equal(Number(options['Detection:TailProbability']), 5e-7);
  assert.equal(options['Detection:MinimumRatio'], '1.5');
  assert.equal(options['Windows:NestedViews'], '20,50,100');
  assert.equal(options['Dumps:PathStyle'], 'true');
  assert.equal(options['Detection:MinimumExcess'], '0');
  assert.equal(options['Kafka:Settings'], '$(HOME) a=b,c="d"');
});

test('names of options are read without regard to case, as the service reads them', async () => {
  const settings = { 'source:kind': 'Kafka', 'KAFKA:bootstrapservers': 'k:1', 'store:KIND': 'Redis', 'redis:configuration': 'r:1' };
  assert.ok(one(await manifests({ settings }), 'Deployment'));
});

test('a secret with a …File form is mounted as a file', async () => {
  const { spec, container } = podOf(await manifests({ secrets: { 'Channels:ops:Token': { name: 'slack', key: 'token' } } }));
  assert.deepEqual(variable(container, 'RX_ALERTING__Channels__ops__TokenFile'), { value: '/etc/rx-alerting/secrets/Channels.ops.Token' });
  const { projected } = spec.volumes.find(each => each.name === 'secrets');
  assert.deepEqual(projected.sources, [{ secret: { name: 'slack', items: [{ key: 'token', path: 'Channels.ops.Token' }] } }]);
  assert.equal(projected.defaultMode, 0o440);
  assert.ok(container.volumeMounts.some(each => each.name === 'secrets' && each.readOnly));
});

test('callers without a token may do nothing, unless somebody says otherwise', async () => {
  assert.equal(optionsOf(await manifests({}))['Access:Anonymous'], 'none');
  const open = optionsOf(await manifests({ settings: { Access: { Anonymous: 'reader', Local: 'admin' } } }));
  assert.deepEqual([open['Access:Anonymous'], open['Access:Local']], ['reader', 'admin']);
});

test('a token of the API is a secret, and is mounted as a file', async () => {
  const all = await manifests({
    secrets: { 'Access:Tokens:ops:Token': { name: 'access', key: 'ops' } }, settings: { 'Access:Tokens:ops:Role': 'operator' },
  });
  const path = { value: '/etc/rx-alerting/secrets/Access.Tokens.ops.Token' };
  assert.deepEqual(variable(podOf(all).container, 'RX_ALERTING__Access__Tokens__ops__TokenFile'), path);
  await assert.rejects(manifests({ settings: { 'Access:Tokens:ops:Token': 'rxa_1' } }), /Access:Tokens:ops:Token holds a secret/);
});

test('any other secret is a variable that refers to the Secret', async () => {
  const secrets = { 'Dumps:AccessKeyId': { name: 's3', key: 'id' } };
  const { spec, container } = podOf(await manifests({ secrets, settings: { 'Dumps:Bucket': 'dumps' } }));
  const from = { valueFrom: { secretKeyRef: { name: 's3', key: 'id' } } };
  assert.deepEqual(variable(container, 'RX_ALERTING__Dumps__AccessKeyId'), from);
  assert.ok(!spec.volumes.some(each => each.name === 'secrets'));
});

test('the chart makes no Secret', async () => {
  const all = await manifests({ secrets: { 'Channels:ops:Token': { name: 'slack', key: 'token' } } });
  assert.equal(one(all, 'Secret'), undefined);
});

test('files are mounted where settings can refer to them', async () => {
  const all = await manifests({ files: { 'teams.json': '{ "text": "{heading}" }' } });
  assert.deepEqual(one(all, 'ConfigMap', 'demo-rx-alerting-files').data, { 'teams.json': '{ "text": "{heading}" }' });
  const { container } = podOf(all);
  assert.ok(container.volumeMounts.some(each => each.mountPath === '/etc/rx-alerting/files' && each.readOnly));
});

test('with a certificate, the API is https, and the probes stay as they are', async () => {
  const all = await manifests({ tls: { secretName: 'cert' } });
  const { container } = podOf(all);
  assert.deepEqual(container.args, ['run', '--listen', 'https://0.0.0.0:8080']);
  assert.equal(optionsOf(all)['Kestrel:Certificates:Default:Path'], '/etc/rx-alerting/tls/tls.crt');
  assert.equal(container.readinessProbe.httpGet.scheme, undefined);
});

test('the heap gets its part of the memory limit, as the runtime reads it: hexadecimal', async () => {
  const name = 'DOTNET_GCHeapHardLimitPercent';
  assert.equal(variable(podOf(await manifests()).container, name).value, '0x46');
  assert.equal(variable(podOf(await manifests({ resources: { limits: { memory: null } } })).container, name), undefined);
});

test('the list of options is the one of docs/options.md', () => {
  assert.equal(readFileSync(join(chart, 'files/options.txt'), 'utf8'), documented(), 'run: npm run options, in tests/chart');
});

function variable(container, name) {
  const found = container.env?.find(each => each.name === name);
  if (!found) return undefined;
  const { name: _, ...rest } = found;
  return rest;
}
