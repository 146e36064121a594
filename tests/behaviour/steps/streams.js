// What comes in: views in a stream.
import { Given, When } from '@cucumber/cucumber';
import { GrowingFile } from '../servers/file.js';
import { server } from '../servers/shared.js';

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
  await this.stream.send(this.traffic.pass(seconds));
});

Given('{duration} of normal views of {string}, with {int} titles', async function (seconds, property, titles) {
  this.traffic.titles = titles;
  this.traffic.properties.add(property);
  await this.stream.send(this.traffic.pass(seconds));
});

When('{share} (of )the views of {names} fail with {string} for {duration}', async function (share, properties, errorType, seconds) {
  const broken = properties.map(property => ({ property, share, errorType }));
  await this.stream.send(this.traffic.pass(seconds, broken));
});

When('all views are normal for {duration}', async function (seconds) {
  await this.stream.send(this.traffic.pass(seconds));
});
