// Makes finished video views as Mux Data exports them: ordinary error rates, and now and then an outage.
import { randomUUID } from 'node:crypto';

const errors = [
  { id: 4101, code: '3016', message: 'The media could not be decoded' },
  { id: 4102, code: '2004', message: 'The manifest did not arrive in time' },
  { id: 4103, code: '2103', message: 'A segment is missing at the edge' },
];
const cdns = ['akamai', 'fastly', 'cloudfront'];
const countries = ['DE', 'BR', 'US', 'JP', 'IN'];

const pick = (list) => list[Math.floor(Math.random() * list.length)];

export class Traffic {
  /** @param {{properties: number, titles: number, calm: number, outage: number}} shape Numbers, and seconds between and within outages. */
  constructor({ properties = 8, titles = 500, calm = 240, outage = 120 } = {}) {
    this.properties = Array.from({ length: properties }, (_, i) => String(40200 + i));
    Object.assign(this, { titles, calm, outage, broken: null, changeAt: Date.now() + calm * 1000 });
  }

  /** Begins or ends an outage when its time has come. */
  change(now = Date.now()) {
    if (now < this.changeAt) return null;
    const wasBroken = this.broken;
    this.broken = wasBroken ? null : { property: pick(this.properties), error: pick(errors), rate: 0.3 };
    this.changeAt = now + (this.broken ? this.outage : this.calm) * 1000;
    return this.broken ? `${this.broken.property} breaks: ${this.broken.error.message}` : `${wasBroken.property} is well again`;
  }

  /** One view that ends now. */
  view(now = Date.now()) {
    const property = pick(this.properties);
    const isBroken = this.broken?.property === property;
    const failed = Math.random() < (isBroken ? this.broken.rate : 0.02);
    const error = failed ? (isBroken ? this.broken.error : pick(errors)) : null;
    const title = Math.floor(Math.random() ** 3 * this.titles);
    const watched = Math.floor(Math.random() * 600_000);
    return {
      view_id: randomUUID(),
      property_id: property,
      view_start: new Date(now - watched).toISOString(),
      view_end: new Date(now).toISOString(),
      cdn: pick(cdns),
      country: pick(countries),
      error_type: error && String(error.id),
      playback_failure_error_type_id: error?.id ?? null,
      player_error_code: error?.code ?? null,
      player_error_message: error?.message ?? null,
      video_id: `${property}-${title}`,
      video_title: `Episode ${title}`,
      watch_time: watched,
    };
  }
}
