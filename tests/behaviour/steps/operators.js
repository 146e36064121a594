// What people decide.
import { When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';

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
