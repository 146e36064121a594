// What comes in: views in a stream.
import { Given, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { GrowingFile } from '../servers/file.js';
import { server } from '../servers/shared.js';
import { makeView } from '../traffic.js';

Given('a Kafka topic of views', async function () {
  this.stream = await (await server('kafka')).topic(this.name);
  this.options.push(...this.stream.options);
});

Given('a growing file of views', function () {
  this.stream = new GrowingFile(this.file('views.jsonl'));
  this.options.push(...this.stream.options);
});

Given('{duration} of normal views of {names}', async function (seconds, properties) {
  for (const property of properties) this.traffic.properties.add(property);
  await this.send(this.traffic.pass(seconds));
});

Given('{duration} of normal views of {string}, with {int} titles', async function (seconds, property, titles) {
  this.traffic.titles = titles;
  this.traffic.properties.add(property);
  await this.send(this.traffic.pass(seconds));
});

When('{share} (of )the views of {names} fail with {string} for {duration}', async function (share, properties, errorType, seconds) {
  const broken = properties.map(property => ({ property, share, errorType }));
  await this.send(this.traffic.pass(seconds, broken));
});

When('all views are normal for {duration}', async function (seconds) {
  await this.send(this.traffic.pass(seconds));
});

Given('{duration} of views of {string}, one in {duration}, of its title {string} one in {duration}', async function (
  seconds, property, interval, title, every) {
  this.traffic.beginAgo(10 * 86_400);
  Object.assign(this.traffic, { interval, rare: { property, title, every } });
  this.traffic.properties.add(property);
  await this.send(this.traffic.pass(seconds));
});

When('all views of the title {string} of {string} fail with {string} for {duration}', async function (title, property, errorType, seconds) {
  this.brokenAt = this.traffic.now;
  await this.send(this.traffic.pass(seconds, [{ property, title, errorType }]));
});

Given('the views of {string} come up to a minute out of order', function (property) {
  this.disordered = property;
});

When('{int} views of {string} that failed with {string} come {duration} late', async function (count, property, errorType, seconds) {
  const time = this.traffic.now - seconds * 1000;
  await this.stream.send(Array.from({ length: count }, () => makeView(time, property, `${property} 1`, errorType)));
});

Given('a Kinesis stream of views with {int} shard(s)', async function (shards) {
  this.stream = await (await server('kinesis')).stream(this.name, shards);
  this.options.push(...this.stream.options);
});

Given('the producer aggregates views as the Kinesis Producer Library does', function () {
  this.stream.isAggregated = true;
});

When('the stream is resharded to {int} shard(s)', async function (count) {
  await this.stream.reshard(count);
  assert.equal(await this.stream.openShards(), count);
});

Given('the producer writes each view as a record', function () {
  this.stream.isAggregated = false;
});
