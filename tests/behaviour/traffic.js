// Views as players report them, with a clock of their own: event time is in the views, so hours pass at once.
import { randomUUID } from 'node:crypto';

const second = 1000;
export class Traffic {
  /** Views of how many seconds lie between two views of a property. */
  interval = 1;

  /** How many titles a property has. Each is viewed in turn. */
  titles = 7;

  properties = new Set();

  /** Views of a rare title: one in so many seconds, in place of another view of its property. */
  rare;

  constructor() {
    this.beginAgo(5 * 3600);
  }

  /** The first view was so many seconds ago. */
  beginAgo(seconds) {
    this.now = Math.floor(Date.now() / second - seconds) * second;
    this.begin = this.now;
  }

  /**
   * The views of some seconds, of all properties in turn. Normally, one view of 53 fails: a prime, so that the failures visit all titles.
   * Where something is broken, so does a share of the views of a property, or all views of a title.
   */
  pass(seconds, broken = []) {
    const views = [];
    for (let at = 0; at < seconds; at += this.interval) {
      for (const property of this.properties) views.push(this.view(property, at, broken));
      this.now += this.interval * second;
    }
    return views;
  }

  view(property, at, broken) {
    const number = at / this.interval;
    const isRare = this.rare?.property === property && (this.now - this.begin) / second % this.rare.every === 0;
    const title = isRare ? this.rare.title : `${property} ${number % this.titles + 1}`;
    const fault = broken.find(each => each.property === property && (each.title === title
      || each.title === undefined && fails(Math.floor(number / this.titles), each.share)));
    return makeView(this.now, property, title, fault?.errorType ?? (number % 53 === 52 && !isRare ? 'decoder' : null));
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

/** Has the views of a property come up to a minute later than they ended. */
export function disorder(views, property) {
  const delay = (view, number) => view.property_id === property ? number * 37 % 60 * second : 0;
  const arrivals = new Map(views.map((view, number) => [view, Date.parse(view.view_end) + delay(view, number)]));
  return views.toSorted((one, other) => arrivals.get(one) - arrivals.get(other));
}
