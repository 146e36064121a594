import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Traffic } from '../../compose/load/views.js';

const failed = (views) => views.filter((view) => view.playback_failure_error_type_id !== null);

test('one property breaks, and is well again', () => {
  const began = Date.now();
  const traffic = new Traffic({ calm: 240, outage: 120 });
  const calm = Array.from({ length: 20_000 }, () => traffic.view());

  assert.equal(traffic.change(began + 200_000), null);
  assert.match(traffic.change(began + 250_000), /breaks/);
  const outage = Array.from({ length: 20_000 }, () => traffic.view());
  const broken = outage.filter((view) => view.property_id === traffic.broken.property);
  assert.match(traffic.change(began + 380_000), /is well again/);

  assert.ok(failed(calm).length / calm.length < 0.03);
  assert.ok(failed(broken).length / broken.length > 0.25);
});

test('a view has the fields that the service reads', () => {
  const view = new Traffic().view(Date.UTC(2026, 0, 5));

  assert.equal(view.view_end, '2026-01-05T00:00:00.000Z');
  for (const field of ['view_id', 'property_id', 'video_id', 'video_title']) assert.ok(view[field], field);
});
