// Where state is kept, and where dumps go.
import { Given, Then, When } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { eventually } from '../eventually.js';
import { RedisServer } from '../servers/redis.js';
import { server } from '../servers/shared.js';

Given('a Redis store', async function () {
  this.redis = this.using(await RedisServer.start());
  this.options.push(...this.redis.options);
});

When('Redis is killed', function () {
  return this.redis.kill();
});

When('Redis is back', function () {
  return this.redis.begin();
});

Then('Redis has the state after all views', async function () {
  await this.caughtUp();
  const { pipelines: [{ commit }] } = await this.service.command({ type: 'checkpoint' });
  const id = await this.redis.ask(client => client.hget(`{rx-alerting:${this.stream.pipeline}}:head`, 'id'));
  assert.ok(Number(id) >= commit && commit > 0, `the service has commit ${commit}, Redis has ${id}`);
});

Given('an S3 bucket for dumps', async function () {
  this.bucket = await server('s3');
  this.options.push(...this.bucket.options(this.name));
});

Then('the bucket has a whole dump of {word}', async function (what) {
  const [{ dump }] = this.answer.pipelines;
  const names = await this.bucket.list(this.name);
  const nameOf = end => names.find(name => name.endsWith(end));
  const data = await this.bucket.read(nameOf(`/${what}.jsonl.gz`));
  const manifestOf = async name => JSON.parse(await this.bucket.read(nameOf(`/${this.answer.command_id}/${name}`)));
  const { parts: [part] } = await manifestOf('manifest.json');
  assert.equal(createHash('sha256').update(data).digest('hex'), dump.sha256);
  assert.equal((await manifestOf(part)).sha256, dump.sha256);
  this.rows = gunzipSync(data).toString().trim().split('\n').map(line => JSON.parse(line));
  assert.equal(this.rows.length, dump.rows);
});

Then('in the dump, one view of {int} of {string} fails with {string}', function (views, property, errorType) {
  const row = this.rows.find(each => each.property === property && each.title === null && each.error_type === errorType);
  assert.ok(Math.abs(row.error_rate - 1 / views) < 0.1 / views, JSON.stringify(row));
});
