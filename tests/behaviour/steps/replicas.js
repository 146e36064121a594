// Several processes of the service that share a stream and a store.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';
import { EventReader } from '../servers/event-reader.js';
import { Service } from '../servers/service.js';
import { server } from '../servers/shared.js';

Given('a Kafka topic of views, keyed by property, with {int} partitions', async function (partitions) {
  this.stream = await (await server('kafka')).topic(this.name, partitions);
  this.stream.isKeyed = true;
  this.options.push(...this.stream.options, '--set', 'Kafka:Partitioning=by-property');
});

Given('{int} replicas of the service', async function (count) {
  this.replicas = Array.from({ length: count }, (_, number) => this.using(new Service(this.file(`replica-${number + 1}`), this.options)));
  for (const replica of this.replicas) await replica.start();
  for (const replica of this.replicas) await replica.isReady();
});

Given('a reader of the events of the first replica', async function () {
  this.reader = this.using(new EventReader());
  await this.reader.listen(this.replicas[0].apiUrl);
});

When('the first replica is killed', async function () {
  await this.replicas.shift().end('SIGKILL');
});

When('the reader comes again to the second replica', function () {
  return this.reader.listen(this.replicas[0].apiUrl);
});

Then('the reader knows {int} open incidents', async function (count) {
  await eventually(() => [...this.reader.known.values()], known => assert.deepEqual(known, Array(count).fill('open')));
});

Then('all replicas show the same incidents', async function () {
  await eventually(() => Promise.all(this.replicas.map(replica => replica.incidents())), ([first, ...others]) => {
    assert.notEqual(first.length, 0);
    for (const other of others) assert.deepEqual(other, first);
    this.incidents = first;
  });
});

Then('the next event has the same id and content at every replica', async function () {
  const readers = this.replicas.map(() => this.using(new EventReader()));
  await Promise.all(readers.map((reader, number) => reader.listen(this.replicas[number].apiUrl)));
  await eventually(() => readers.every(reader => reader.latest !== undefined), haveBegun => assert.ok(haveBegun));
  const [{ id }] = this.incidents;
  // Over HTTP, a command reaches the pipelines of one process. Where it finds none that has the incident, it does nothing.
  const command = { id: 'seen', type: 'acknowledge', incident_id: id, note: 'I look at it' };
  for (const replica of this.replicas) await replica.command(command).catch(() => {});
  await eventually(() => readers.map(reader => reader.events.filter(event => event.event === 'incidents')), told => {
    assert.notEqual(told[0].length, 0);
    for (const other of told) assert.deepEqual(other[0], told[0][0]);
  });
});

Then('the reader knows the same incidents', async function () {
  await eventually(() => Promise.all(this.replicas.map(replica => replica.incidents())), ([incidents]) => {
    assert.deepEqual(incidents.map(({ status }) => status), incidents.map(() => 'closed'));
    assert.deepEqual(new Map([...this.reader.known].sort()), new Map(incidents.map(({ id, status }) => [id, status]).sort()));
  });
});

Then('no change was told to the reader twice', function () {
  assert.deepEqual(this.reader.told.filter((change, number) => this.reader.told.indexOf(change) !== number), []);
});
