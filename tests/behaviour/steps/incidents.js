// What comes out: incidents, as the API shows them.
import { Then } from '@cucumber/cucumber';
import assert from 'node:assert/strict';
import { eventually } from '../eventually.js';

/** Incidents of a property as a whole, with an error type. */
const of = (incidents, property, errorType) =>
  incidents.filter(each => each.property_id === property && each.error_type === errorType && each.video_id === null);

Then('{string} has one {word} incident with {string}', async function (property, status, errorType) {
  await eventually(() => this.service.incidents(), incidents => {
    const found = of(incidents, property, errorType);
    assert.deepEqual(found.map(each => each.status), [status], JSON.stringify(incidents, null, 1));
    [this.incident] = found;
  });
});

Then('{string} has the same incident, {word}', async function (property, status) {
  await eventually(() => this.service.incidents(), incidents => {
    const found = incidents.filter(each => each.property_id === property).map(each => [each.id, each.status]);
    assert.deepEqual(found, [[this.incident.id, status]]);
  });
});

Then('the platform has one {word} incident with {string}', async function (status, errorType) {
  await eventually(() => this.service.incidents(), incidents => {
    const found = incidents.filter(each => each.level === 'platform' && each.error_type === errorType);
    assert.deepEqual(found.map(each => each.status), [status], JSON.stringify(incidents, null, 1));
    [this.incident] = found;
  });
});

Then('it affects {int} titles', async function (count) {
  await this.incidentHas({ affected_titles: count });
});

Then('it affects {int} properties', async function (count) {
  await this.incidentHas({ affected_properties: count });
});

Then('it is silenced', async function () {
  assert.deepEqual(this.incident.silenced_by, [this.silence]);
});

Then('there is no other incident', async function () {
  await this.caughtUp();
  const incidents = await this.service.incidents();
  assert.deepEqual(incidents.filter(each => each.id !== this.incident.id), []);
});

Then('the title {string} of {string} has one {word} incident with {string}', async function (title, property, status, errorType) {
  await eventually(() => this.service.incidents(), incidents => {
    const found = incidents.filter(each => each.property_id === property && each.video_title === title && each.error_type === errorType);
    assert.deepEqual(found.map(each => each.status), [status], JSON.stringify(incidents, null, 1));
    [this.incident] = found;
  });
});

Then('it opened within {duration}', function (seconds) {
  const openedAfter = (Date.parse(this.incident.trail[0].at) - this.brokenAt) / 1000;
  assert.ok(openedAfter >= 0 && openedAfter <= seconds, `it opened after ${openedAfter} s`);
});

Then('{string} and {string} have the same incident', async function (one, other) {
  const facts = ({ status, measured_value, affected_views, started_at, resolved_at, sample_size, error_type }) =>
    ({ status, measured_value, affected_views, started_at, resolved_at, sample_size, error_type });
  const incidents = await this.service.incidents();
  const of = property => incidents.filter(each => each.property_id === property).map(facts);
  assert.equal(of(one).length, 1);
  assert.deepEqual(of(one), of(other));
});

Then('there is no incident', async function () {
  await this.caughtUp();
  assert.deepEqual(await this.service.incidents(), []);
});
