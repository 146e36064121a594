// The service: how it is started and stopped.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';

Given('the service', async function () {
  await this.startService();
});

Given('the option {string} is {string}', function (name, value) {
  this.options.push('--set', `${name}=${value}`);
});

When('the service is killed', function () {
  return this.service.end('SIGKILL');
});

When('the service is stopped', async function () {
  assert.equal(await this.service.end('SIGTERM'), 0);
});

When('the service starts again', function () {
  return this.startService();
});

Given('the service is killed as soon as Slack has a message', function () {
  this.slack.onceTaken = () => this.service.end('SIGKILL');
});

Then('the service has ended', async function () {
  await eventually(() => this.service.process.hasEnded, hasEnded => assert.ok(hasEnded, 'the service runs'));
});

Then('the service is ready, and says {string}', async function (text) {
  await eventually(() => this.service.health(), health => {
    assert.ok(health.isReady && health.text.includes(text), health.text);
  });
});

Then('each view was counted once', async function () {
  await this.caughtUp();
  assert.equal(await this.countedViews(), this.toCount);
});

Then('{int} views were late', async function (count) {
  await eventually(() => this.service.metric('views_late_total'), late => assert.equal(late, count));
});

Then('all views are counted', function () {
  return this.caughtUp();
});

Then('the service has read all views, and commits them in vain', async function () {
  await eventually(() => this.service.metric('partition_position'), position => assert.equal(position, this.toCount));
  const before = await this.service.metric('checkpoint_retries_total');
  await eventually(() => this.service.metric('checkpoint_retries_total'), retries => assert.ok(retries > before, 'no commit was tried'));
});
