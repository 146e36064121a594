// What people decide, over HTTP and RabbitMQ.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { server } from '../servers/shared.js';

When('somebody silences {string} for {duration}', async function (property, seconds) {
  await this.caughtUp();
  const answer = await this.service.command({ type: 'silence', property, duration: `${seconds}s`, comment: 'We know' });
  assert.equal(answer.status, 'done', JSON.stringify(answer));
  this.silence = answer.command_id;
});

When('the silence is ended', async function () {
  await this.caughtUp();
  const answer = await this.service.command({ type: 'unsilence', silence_id: this.silence });
  assert.equal(answer.status, 'done', JSON.stringify(answer));
});

Given('a RabbitMQ exchange for commands', async function () {
  this.exchange = (await server('rabbitmq')).control(this.name);
  this.options.push(...this.exchange.options);
});

When('somebody sends the command {string} by RabbitMQ', async function (type) {
  await this.caughtUp();
  this.command = { id: randomUUID(), by: 'ann', type };
  this.answer = await this.exchange.send(this.command);
});

When('somebody sends the same command again', async function () {
  this.answer = await this.exchange.send(this.command);
});

Then('the answer is {string}', function (status) {
  assert.equal(this.answer.status, status, JSON.stringify(this.answer));
  assert.equal(this.answer.command_id, this.command.id);
});
