// What Prometheus and Grafana are given.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifests, one } from './helm.js';

const alertsOf = async values => Object.fromEntries(
  one(await manifests({ prometheusRule: { enabled: true, ...values } }), 'PrometheusRule').spec.groups
    .flatMap(group => group.rules).map(rule => [rule.alert, rule]));

test('the ServiceMonitor finds the Service of the metrics, and only that', async () => {
  const all = await manifests({ serviceMonitor: { enabled: true, namespace: 'monitoring', labels: { release: 'prometheus' } } });
  const { metadata, spec } = one(all, 'ServiceMonitor');
  assert.equal(metadata.namespace, 'monitoring');
  assert.equal(metadata.labels.release, 'prometheus');
  assert.deepEqual(spec.namespaceSelector, { matchNames: ['video'] });
  const found = all.filter(each => each.kind === 'Service'
    && Object.entries(spec.selector.matchLabels).every(([key, value]) => each.metadata.labels[key] === value));
  assert.deepEqual(found.map(each => each.metadata.name), ['demo-rx-alerting-metrics']);
  assert.equal(spec.endpoints[0].port, found[0].spec.ports[0].name);
});

test('alerts can be left out, changed and labelled', async () => {
  const alerts = await alertsOf({
    disabled: ['RxAlertingLateViews'],
    overrides: { RxAlertingNotReady: { for: '20m', severity: 'warning' }, RxAlertingPaused: { expr: 'vector(1)' } },
    alertLabels: { team: 'video' },
  });
  assert.equal(alerts.RxAlertingLateViews, undefined);
  assert.equal(alerts.RxAlertingNotReady.for, '20m');
  assert.deepEqual(alerts.RxAlertingNotReady.labels, { severity: 'warning', team: 'video' });
  assert.equal(alerts.RxAlertingPaused.expr, 'vector(1)');
  assert.equal(alerts.RxAlertingPaused.for, '1h');
});

test('runbooks have addresses of your choice', async () => {
  const alerts = await alertsOf({ runbookPrefix: 'https://git.example.com/main/' });
  assert.equal(alerts.RxAlertingGone.annotations.runbook_url, 'https://git.example.com/main/docs/alerts.md#rxalertinggone');
});

test('what Prometheus fills in stays as it is', async () => {
  const alerts = await alertsOf({});
  assert.match(alerts.RxAlertingLagGrowing.annotations.description, /\{\{ \$labels\.job }}/);
});

test("the dashboard is where Grafana's sidecar looks for it", async () => {
  const all = await manifests({ dashboard: { enabled: true, annotations: { grafana_folder: 'Video' } } });
  const { metadata, data } = one(all, 'ConfigMap', 'demo-rx-alerting-dashboard');
  assert.equal(metadata.labels.grafana_dashboard, '1');
  assert.equal(metadata.annotations.grafana_folder, 'Video');
  assert.equal(JSON.parse(data['demo-rx-alerting.json']).title, 'Rx.Alerting');
});
