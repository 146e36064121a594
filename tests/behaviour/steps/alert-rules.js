// The alert rules, asked of a Prometheus that scrapes services with a source of each kind.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';
import { GrowingFile } from '../servers/file.js';
import { PrometheusServer } from '../servers/prometheus.js';
import { Receiver } from '../servers/receivers.js';
import { rules, selectorsOf } from '../servers/rules.js';
import { Service } from '../servers/service.js';
import { server } from '../servers/shared.js';
import { makeView, Traffic } from '../traffic.js';

Given('services that read Kafka, Kinesis and a growing file, two receivers of which one refuses and one is away', async function () {
  const receivers = [this.using(await Receiver.start('refuses', 400)), this.using(await Receiver.start('away', 503))];
  const told = receivers.flatMap(receiver => receiver.options);
  const streams = [
    await (await server('kafka')).topic(this.name),
    await (await server('kinesis')).stream(this.name, 1),
    new GrowingFile(this.file('views.jsonl')),
  ];
  this.services = streams.map((stream, at) => {
    const service = this.using(new Service(this.file(`service-${at}`), [...stream.options, ...told]));
    return Object.assign(service, { stream });
  });
  await Promise.all(this.services.map(service => service.start()));
});

Given('Prometheus scrapes these services', async function () {
  this.prometheus = this.using(await PrometheusServer.start(...this.services.map(service => new URL(service.metricsUrl).host)));
});

When('each service has views, an incident, late views, and records that are no views', async function () {
  for (const service of this.services) {
    const traffic = new Traffic();
    traffic.properties.add('Cinema');
    await service.stream.send(traffic.pass(3600));
    await service.stream.send(traffic.pass(600, [{ property: 'Cinema', share: 1 / 2, errorType: 'network' }]));
    await service.stream.send(traffic.pass(60));
    await eventually(() => service.incidents(), incidents => assert.notDeepEqual(incidents, [], `${service.stream.pipeline}: no incident`));
    const [longAgo, noView] = [traffic.now - 86_400_000, { view_id: 'no-view' }];
    const late = Array.from({ length: 200 }, () => makeView(longAgo, 'Cinema', 'Cinema 1', null));
    await service.stream.send([...late, ...Array(200).fill(noView)]);
  }
});

When('somebody pauses these services', async function () {
  for (const service of this.services) await service.command({ type: 'pause', comment: 'for a test' });
});

When('these services are killed', async function () {
  for (const service of this.services) await service.end('SIGKILL');
});

Then('Prometheus answers every alert rule', async function () {
  for (const { expr } of rules) await this.prometheus.query(expr);
});

Then('Prometheus has series of every selector of the alert rules', async function () {
  const selectors = [...new Set(rules.flatMap(rule => selectorsOf(rule.expr)))];
  assert.ok(selectors.length > 25, selectors.join('\n'));
  const seen = selectors.map(selector => `present_over_time(${selector}[10m])`); // A gauge that is not known now is left out.
  await eventually(() => withoutSeries(this.prometheus, seen), missing => assert.deepEqual(missing, []));
});

Then('the conditions of these alert rules hold', async function (table) {
  const asked = table.raw().map(([name]) => rules.find(rule => rule.alert === name));
  await eventually(() => withoutSeries(this.prometheus, asked.map(rule => rule.expr)), missing => assert.deepEqual(missing, []));
});

async function withoutSeries(prometheus, queries) {
  const answers = await Promise.all(queries.map(query => prometheus.query(query)));
  return queries.filter((_, at) => answers[at].length === 0);
}
