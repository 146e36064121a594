// The checkpoint of an earlier release, and the incidents that the release showed then. The files are named by the state's schema.
// To add one: run the release on simulated traffic with this seed, stop it, export the checkpoint, and keep what its API has shown.
import { Given, Then } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { eventually } from '../eventually.js';
import { Service } from '../servers/service.js';

const file = end => join(import.meta.dirname, '../releases', `f378ed2319ebb23f.${end}`);
const seed = 7;

Given('simulated traffic', function () {
  this.options.push('--seed', `${seed}`, '--speed', '600');
});

Given('the checkpoint that an earlier release exported is imported', async function () {
  this.service = this.using(new Service(this.file('service'), this.options));
  writeFileSync(this.file('export.rxal'), gunzipSync(readFileSync(file('rxal.gz'))));
  await this.service.run('checkpoint', 'import', this.file('export.rxal'));
  this.earlier = JSON.parse(readFileSync(file('incidents.json'), 'utf8'));
});

Then('the service logs that it has upgraded the state', async function () {
  await this.service.process.untilLog('[1018]');
});

Then('it shows all incidents of the earlier release', async function () {
  const identity = ({ id, property_id, video_id, error_type, started_at }) => ({ id, property_id, video_id, error_type, started_at });
  await eventually(() => this.service.incidents(), incidents => {
    const shown = this.earlier.map(({ id }) => incidents.find(each => each.id === id) ?? {});
    assert.deepEqual(shown.map(identity), this.earlier.map(identity));
    const over = this.earlier.findIndex(each => each.status === 'closed');
    assert.equal(shown[over].resolved_at, this.earlier[over].resolved_at);
  });
});

Then('an incident that was open then ends under its id', async function () {
  const open = this.earlier.filter(each => each.status === 'open').map(each => each.id);
  await eventually(() => this.service.incidents(), incidents => {
    const now = incidents.filter(each => open.includes(each.id)).map(each => each.status);
    assert.ok(now.some(status => status !== 'open'), now.join());
  });
});
