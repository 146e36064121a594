// Views as players report them, with a clock of their own: event time is in the views, so hours pass at once.
import { randomUUID } from 'node:crypto';

const second = 1000;
export class Traffic {
  /** Views of how many seconds lie between two views of a property. */
  interval = 1;

  /** How many titles a property has. Each is viewed in turn. */
  titles = 7;

  properties = new Set();

  sent = [];

  /** Begins so many seconds ago. */
  constructor(secondsAgo) {
    this.now = Math.floor(Date.now() / second - secondsAgo) * second;
  }

  /**
   * The views of some seconds, of all properties in turn. Normally, every fiftieth view fails.
   * Where something is broken, so do these parts of the views of a property, or of a title.
   */
  pass(seconds, broken = []) {
    const views = [];
    for (let at = 0; at < seconds; at += this.interval) {
      for (const property of this.properties) views.push(this.view(property, at, broken));
      this.now += this.interval * second;
    }
    this.sent.push(...views);
    return views;
  }

  view(property, at, broken) {
    const number = at / this.interval;
    const title = `${property} ${number % this.titles + 1}`;
    const fault = broken.find(each => each.property === property && fails(Math.floor(number / this.titles), each.share));
    return makeView(this.now, property, title, fault?.errorType ?? (number % 50 === 49 ? 'decoder' : null));
  }
}

/** Whether the views of a turn fail when a share of all does: evenly spread, and in each title alike. */
const fails = (turn, share) => Math.floor((turn + 1) * share) > Math.floor(turn * share);

export const makeView = (time, property, title, errorType) => ({
  view_id: randomUUID(),
  property_id: property,
  video_id: title.toLowerCase().replaceAll(' ', '-'),
  video_title: title,
  view_start: new Date(time - 60 * second).toISOString(),
  view_end: new Date(time).toISOString(),
  error_type: errorType,
  player_error_message: errorType && `The ${errorType} did not work`,
  country: 'DE',
});
