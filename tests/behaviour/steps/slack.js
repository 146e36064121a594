// People are told in Slack.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';
import { SlackReceiver } from '../servers/slack.js';

Given('a Slack channel', async function () {
  this.slack = this.using(await SlackReceiver.start());
  this.options.push(...this.slack.options);
});

When('Slack is away', function () {
  this.slack.isAway = true;
});

When('Slack is back', function () {
  this.slack.isAway = false;
});

Then('Slack was asked in vain', async function () {
  await eventually(() => this.slack.refused, refused => assert.ok(refused > 0, 'Slack was not asked'));
});

Then('Slack shows one message, {string}', async function (beginning) {
  await eventually(() => this.slack.threads, threads => {
    assert.equal(threads.length, 1, `messages: ${JSON.stringify(threads, null, 1)}`);
    assert.ok(threads[0].text.startsWith(beginning), threads[0].text);
  });
});

Then('the message has one reply, {string}', async function (beginning) {
  await eventually(() => this.slack.repliesTo(this.slack.threads[0]).map(reply => reply.text), texts => {
    assert.equal(texts.length, 1, texts.join('\n'));
    assert.ok(texts[0].startsWith(beginning), texts[0]);
  });
});

Then('Slack shows nothing', function () {
  assert.deepEqual(this.slack.messages, []);
});
