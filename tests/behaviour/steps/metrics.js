// What Prometheus sees.
import { Given, Then } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';
import { checkMetrics, PrometheusServer } from '../servers/prometheus.js';

Given('Prometheus scrapes the service', async function () {
  this.prometheus = this.using(await PrometheusServer.start(new URL(this.service.metricsUrl).host));
  await has(this.prometheus, 'up', values => assert.deepEqual(values, [1]));
});

Then('Prometheus has {string}', async function (query) {
  await has(this.prometheus, query, values => assert.notDeepEqual(values, [], query));
});

Then('Prometheus has counted all views', async function () {
  await has(this.prometheus, 'rx_alerting_views_total', values => assert.deepEqual(values, [this.toCount]));
});

Then('Prometheus has values of these queries while more views come', async function (table) {
  for (const [query] of table.raw()) {
    await eventually(async () => {
      await this.send(this.traffic.pass(1));
      return this.prometheus.query(query);
    }, series => assert.notDeepEqual(series, [], query));
  }
});

Then('every scrape was answered', async function () {
  await has(this.prometheus, 'min_over_time(up[1h])', values => assert.deepEqual(values, [1]));
});

Then('promtool finds no fault in the metrics', async function () {
  assert.equal(checkMetrics(await this.service.metricsPage()), '');
});

const has = (prometheus, query, check) => eventually(() => prometheus.query(query), series => check(series.map(each => each.value)));
