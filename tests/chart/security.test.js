// What a pod may do, and who may reach it.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifests, one, podOf } from './helm.js';

test('a pod may do nothing but its work', async () => {
  const all = await manifests();
  for (const spec of [podOf(all).spec, one(all, 'Pod').spec]) {
    assert.equal(spec.automountServiceAccountToken, false);
    assert.equal(spec.securityContext.runAsNonRoot, true);
    assert.equal(spec.securityContext.runAsUser, 10001);
    assert.deepEqual(spec.securityContext.seccompProfile, { type: 'RuntimeDefault' });
    assert.deepEqual(spec.containers[0].securityContext, {
      allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ['ALL'] },
    });
    assert.ok(spec.containers[0].resources.limits.memory);
  }
  assert.equal(one(all, 'ServiceAccount').automountServiceAccountToken, false);
});

test('what the program writes is on volumes, as the root file system is read-only', async () => {
  const { container } = podOf(await manifests());
  assert.deepEqual(container.volumeMounts.map(each => each.mountPath), ['/data', '/tmp']);
});

test('probes ask at the metrics port, which connections of the API cannot fill', async () => {
  const { container } = podOf(await manifests());
  for (const [probe, path] of [['startupProbe', 'startup'], ['livenessProbe', 'live'], ['readinessProbe', 'ready']])
    assert.deepEqual(container[probe].httpGet, { path: `/health/${path}`, port: 'metrics' });
  const without = { enabled: false, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 1 };
  assert.equal(podOf(await manifests({ probes: { startup: without } })).container.startupProbe, undefined);
});

test('the API and the metrics have Services of their own, and the metrics one shows pods that are not ready', async () => {
  const all = await manifests();
  const api = one(all, 'Service', 'demo-rx-alerting');
  assert.deepEqual([api.spec.type, api.spec.ports], ['ClusterIP', [{ name: 'http', port: 8080, targetPort: 'http' }]]);
  const metrics = one(all, 'Service', 'demo-rx-alerting-metrics').spec;
  assert.deepEqual([metrics.clusterIP, metrics.publishNotReadyAddresses, metrics.ports[0].port], ['None', true, 9464]);
});

test('no Service sends anything to the pod of helm test', async () => {
  const all = await manifests();
  const { labels } = one(all, 'Pod').metadata;
  for (const service of all.filter(each => each.kind === 'Service'))
    assert.ok(Object.entries(service.spec.selector).some(([key, value]) => labels[key] !== value), service.metadata.name);
});

test('helm test asks the service over its Service, with the program of the image', async () => {
  const { containers: [container], restartPolicy } = one(await manifests(), 'Pod').spec;
  assert.equal(restartPolicy, 'Never');
  assert.deepEqual(container.args, ['health', '--url', 'http://demo-rx-alerting-metrics.video:9464', 'ready']);
});

test('nothing leads into the cluster unless it is asked for', async () => {
  const all = await manifests();
  assert.equal(one(all, 'Ingress'), undefined);
  assert.equal(one(all, 'Service', 'demo-rx-alerting').spec.type, 'ClusterIP');
});

test('an Ingress passes on pages, incidents and events only', async () => {
  const all = await manifests({ ingress: { enabled: true, authentication: 'oauth2-proxy', host: 'alerting.example.com' } });
  const [rule] = one(all, 'Ingress').spec.rules;
  assert.equal(rule.host, 'alerting.example.com');
  assert.deepEqual(rule.http.paths.map(each => `${each.pathType} ${each.path}`), [
    'Exact /', 'Prefix /incidents', 'Prefix /silences', 'Prefix /properties', 'Prefix /notifications', 'Prefix /pipeline',
    'Prefix /try',
    'Prefix /assets', 'Prefix /api/v1/incidents', 'Prefix /api/v1/events',
    'Prefix /api/v1/properties', 'Prefix /api/v1/titles', 'Prefix /api/v1/error-rates', 'Prefix /openapi', 'Prefix /login',
    'Prefix /logout',
  ]);
  assert.deepEqual(rule.http.paths[0].backend, { service: { name: 'demo-rx-alerting', port: { name: 'http' } } });
});

test('a NetworkPolicy lets in whom it names, and helm test', async () => {
  const monitoring = { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } };
  const { spec } = one(await manifests({ networkPolicy: { enabled: true, metricsFrom: [monitoring] } }), 'NetworkPolicy');
  assert.deepEqual(spec.policyTypes, ['Ingress']);
  assert.deepEqual(spec.ingress.map(each => each.ports[0].port), ['http', 'metrics', 'metrics']);
  assert.deepEqual(spec.ingress[0].from, [{ podSelector: {} }]);
  assert.deepEqual(spec.ingress[1].from, [monitoring]);
  assert.equal(spec.ingress[2].from[0].podSelector.matchLabels['app.kubernetes.io/component'], 'test');
});

test('a NetworkPolicy that bounds what pods reach leaves them the names of hosts', async () => {
  const rule = { to: [{ podSelector: { matchLabels: { app: 'kafka' } } }], ports: [{ port: 9092 }] };
  const { spec } = one(await manifests({ networkPolicy: { enabled: true, egress: { enabled: true, rules: [rule] } } }), 'NetworkPolicy');
  assert.deepEqual(spec.policyTypes, ['Ingress', 'Egress']);
  assert.deepEqual(spec.egress, [{ ports: [{ port: 53, protocol: 'UDP' }, { port: 53, protocol: 'TCP' }] }, rule]);
});
