// What a scenario has: a stream of views, the service, people who are told. Ends what it has started.
import { After, AfterAll, Before, defineParameterType, setDefaultTimeout, setWorldConstructor, World } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { eventually, patience } from './eventually.js';
import { KafkaServer } from './servers/kafka.js';
import { removeFolder, temporaryFolder } from './servers/processes.js';
import { PrometheusServer } from './servers/prometheus.js';
import { RabbitMqServer } from './servers/rabbitmq.js';
import { RedisServer } from './servers/redis.js';
import { Service } from './servers/service.js';
import { endServers } from './servers/shared.js';
import { disorder, Traffic } from './traffic.js';

setDefaultTimeout(2 * patience);

let scenarios = 0;

class AlertingWorld extends World {
  folder = temporaryFolder('behaviour');

  /** Names what this scenario has on servers that others share. */
  name = `scenario-${process.pid}-${++scenarios}`;

  /** Options of the service that is to be started. */
  options = [];

  traffic = new Traffic();

  /** What is ended after the scenario, the latest first. */
  started = [];

  file(name) {
    return join(this.folder, name);
  }

  /** Ends something after the scenario. */
  using(it) {
    this.started.unshift(it);
    return it;
  }

  async startService() {
    this.service ??= this.using(new Service(this.file('service'), this.options));
    await this.service.start();
  }

  /** Sends views, which are to be counted. */
  async send(ended) {
    const views = this.disordered ? disorder(ended, this.disordered) : ended;
    for (const part of this.stream.parts?.(views) ?? [views]) {
      await this.stream.send(part);
      this.toCount += part.length;
      if (this.stream.parts) await this.caughtUp();
    }
  }

  toCount = 0;

  /** The service has counted all views that were sent, those of before a restart, too. */
  async caughtUp() {
    await eventually(() => this.countedViews(), counted => {
      if (counted < this.toCount) throw new Error(`${counted} of ${this.toCount} views were counted`);
    });
  }

  /** How many views the pipelines have counted, restarts included. */
  async countedViews() {
    if (this.replicas) return this.countedByReplicas();
    const { pipelines } = await this.service.command({ type: 'status' });
    return pipelines.reduce((sum, pipeline) => sum + pipeline.counts.views, 0);
  }

  /** Each partition's pipeline runs in one of the replicas, and its counts move with its state. */
  async countedByReplicas() {
    const all = await Promise.all(this.replicas.map(replica => replica.command({ type: 'status' })));
    return all.flatMap(({ pipelines }) => pipelines).reduce((sum, pipeline) => sum + pipeline.counts.views, 0);
  }

  /** Waits until the incident that was found last has these members. */
  async incidentHas(members) {
    const names = Object.keys(members);
    await eventually(() => this.service.incidents(), incidents => {
      const incident = incidents.find(each => each.id === this.incident.id);
      assert.deepEqual(Object.fromEntries(names.map(name => [name, incident[name]])), members);
    });
  }
}

setWorldConstructor(AlertingWorld);

const needs = { '@kafka': KafkaServer, '@redis': RedisServer, '@rabbitmq': RabbitMqServer, '@prometheus': PrometheusServer };

Before(() => skipWithout(Service));

for (const [tag, kind] of Object.entries(needs)) Before({ tags: tag }, () => skipWithout(kind));

/** Where a server is missing, a scenario is skipped, and says what to do. On CI it fails. */
function skipWithout(kind) {
  const missing = kind.missing();
  if (missing && process.env.CI === 'true') throw new Error(missing);
  if (!missing) return undefined;
  console.error(`skipped: ${missing}`);
  return 'skipped';
}

After(async function ({ result }) {
  if (result.status === 'FAILED' && this.service?.process) this.attach(this.service.process.log.slice(-8000));
  for (const it of this.started) await it.end();
  removeFolder(this.folder);
});

AfterAll(endServers);

const units = { second: 1, minute: 60, hour: 3600, day: 86_400 };

defineParameterType({
  name: 'duration',
  regexp: /(an?|\d+) (second|minute|hour|day)s?/,
  transformer: (count, unit) => (Number(count) || 1) * units[unit],
});

const shares = { 'a third': 1 / 3, half: 1 / 2, all: 1 };

defineParameterType({ name: 'share', regexp: /a third|half|all/, transformer: share => shares[share] });

defineParameterType({
  name: 'names',
  regexp: /"[^"]+"(?:(?:, | and )"[^"]+")*/,
  transformer: names => [...names.matchAll(/"([^"]+)"/g)].map(([, name]) => name),
});
