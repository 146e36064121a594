// Makes the pages live. Without it they read as well: it asks for the same address again, and puts what has changed in its place.
// What the reader looks at does not move: rows change where they are, and new ones wait behind a button.
// Plain JavaScript that tsc checks (tests/pages), so that the program is built without Node.

const EVENTS = '/api/v1/events';
const INCIDENTS = '/api/v1/incidents';

/** What an incident that has ended is called. @type {Record<string, string>} */
const ENDS = { closed: 'Closed', expired: 'Expired' };

/** Changes that come faster are shown together. */
const SHORTEST = 1_000;

/** Relative times, how fresh the data are, and what pipelines do change without an event. */
const longest = () => 1_000 * Number(document.body.dataset.every ?? 30);

/** A page that nobody has touched for so long is watched, not read: new rows are put in at once. */
const UNTOUCHED = 60_000;

const live = /** @type {HTMLElement} */ (document.getElementById('live'));
let lastEventId = document.body.dataset.eventId ?? '';
let touchedAt = performance.now();

/** @type {EventSource | undefined} */
let source;
/** @type {Document | undefined} The latest state, of which rows are not shown yet. */
let waiting;
let isAsking = false;

/** The answer to a form says what is wrong with it. Another look at its address would take that away. */
const isStill = 'still' in document.body.dataset;
let isOld = false;
let askedAt = -Infinity;
let timer = 0;

/** @param {'on' | 'off' | ''} state @param {string} text */
function say(state, text) {
  if (live.textContent !== text) live.textContent = text;
  live.className = `live ${state}`;
}

/** A browser has few connections to a host, so a page that is not seen has none. */
function connect() {
  if (isStill || source || document.hidden) return;
  const after = lastEventId === '' ? '' : `?lastEventId=${encodeURIComponent(lastEventId)}`;
  source = new EventSource(EVENTS + after);
  source.onopen = () => { say('on', 'live'); };
  source.onerror = () => {
    say('off', 'not live: the connection is lost');
    if (source?.readyState !== EventSource.CLOSED) return; // The browser tries again by itself.
    disconnect();
    setTimeout(connect, 5_000);
  };
  for (const name of ['begin', 'incidents', 'reset']) {
    source.addEventListener(name, event => {
      lastEventId = event.lastEventId;
      if (document.body.dataset.incidents !== 'no') refresh();
    });
  }
}

function disconnect() {
  source?.close();
  source = undefined;
}

/** Asks for the page soon. */
function refresh() {
  isOld = true;
  clearTimeout(timer);
  const wait = Math.max(0, askedAt + SHORTEST - performance.now());
  timer = setTimeout(ask, wait);
}

async function ask() {
  if (isStill || isAsking || document.hidden) return;
  [isAsking, isOld, askedAt] = [true, false, performance.now()];
  try {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
    if (answer.ok || answer.status === 400 || answer.status === 404) show(await answer.text());
    else say('off', `not live: the service answers ${answer.status}`);
  } catch {
    say('off', 'not live: the service does not answer');
  } finally {
    isAsking = false;
  }
  clearTimeout(timer);
  timer = isOld ? setTimeout(ask, SHORTEST) : setTimeout(ask, longest());
}

/** @param {string} html */
function show(html) {
  const next = new DOMParser().parseFromString(html, 'text/html');
  document.title = next.title;
  document.body.dataset.every = next.body.dataset.every;
  const [rows, nextRows] = [document.querySelector('[data-rows]'), next.querySelector('[data-rows]')];
  const isFree = performance.now() - touchedAt > UNTOUCHED && scrollY < 10;
  if (rows && nextRows && !isFree) {
    hold(rows, nextRows, next);
    return;
  }
  morphPage(next);
}

/**
 * Everything but the list as it is; of the list, the rows that are shown.
 * @param {Element} rows @param {Element} nextRows @param {Document} next
 */
function hold(rows, nextRows, next) {
  const found = keyed(nextRows);
  const shown = keyed(rows);
  for (const [key, row] of shown) {
    const now = found.get(key);
    if (now) morph(row, /** @type {Element} */ (now.cloneNode(true)));
    else if (!row.classList.contains('stale')) leave(row);
    row.classList.toggle('stale', !now);
  }
  const [count, nextCount] = [document.getElementById('how-many'), next.getElementById('how-many')];
  if (count && nextCount) morph(count, /** @type {Element} */ (nextCount.cloneNode(true)));
  const fresh = [...found.keys()].filter(key => !shown.has(key));
  const gone = [...shown.keys()].filter(key => !found.has(key));
  const news = document.getElementById('news');
  const rest = /** @type {Document} */ (next.cloneNode(true));
  const place = rest.querySelector('[data-rows]');
  place?.replaceWith(rows.cloneNode(true));
  rest.getElementById('news')?.replaceWith(/** @type {Element} */ (news?.cloneNode(true)));
  morphPage(rest);
  waiting = fresh.length + gone.length > 0 ? next : undefined;
  announce(fresh.length, gone.length);
}

/** A row that the list has no more stays where it is, and says so. @param {Element} row */
function leave(row) {
  const sign = row.querySelector('.sign');
  if (!sign) return;
  sign.className = 'sign over';
  sign.textContent = 'Not listed now';
  nameEnd(row, sign);
}

/**
 * Says what has become of an incident that the list has no more. Where that is not known, it is not listed: that much is true.
 * @param {Element} row @param {Element} sign
 */
async function nameEnd(row, sign) {
  try {
    const answer = await fetch(`${INCIDENTS}/${encodeURIComponent(row.getAttribute('data-key') ?? '')}`, { cache: 'no-store' });
    if (!answer.ok || !row.classList.contains('stale')) return;
    const { data: incident } = await answer.json();
    const words = incident.accepted_as_normal ? 'Taken as normal' : ENDS[incident.status];
    if (words) {
      sign.textContent = words;
      row.querySelector('.notes')?.remove(); // They are of an open incident.
    }
    if (!words && incident.inhibited) sign.textContent = 'Part of another now';
  } catch {
    // The service does not answer, which the head of the page says.
  }
}

/** @param {number} fresh @param {number} gone */
function announce(fresh, gone) {
  const news = document.getElementById('news');
  if (!news) return;
  const words = [fresh > 0 ? `${fresh} new` : '', gone > 0 ? `${gone} no longer listed` : ''].filter(Boolean).join(', ');
  const button = news.querySelector('button');
  if (words === '') news.replaceChildren();
  else if (button) {
    if (button.textContent !== words) button.textContent = words;
  } else {
    const made = document.createElement('button');
    made.type = 'button';
    made.textContent = words;
    made.addEventListener('click', () => {
      if (!waiting) return;
      const before = new Set(keyed(document).keys());
      morphPage(waiting);
      waiting = undefined;
      for (const [key, row] of keyed(document)) if (!before.has(key)) flash(row);
      document.getElementById('main')?.focus({ preventScroll: true });
    });
    news.replaceChildren(made);
  }
}

/** @param {Element} row */
function flash(row) {
  row.classList.add('fresh-row');
  setTimeout(() => row.classList.remove('fresh-row'), 4_000);
}

/** Rows by their keys. @param {ParentNode} parent @returns {Map<string, Element>} */
function keyed(parent) {
  const rows = parent.querySelectorAll('tbody[data-key]');
  return new Map([...rows].map(row => [row.getAttribute('data-key') ?? '', row]));
}

/** @param {Document} next */
function morphPage(next) {
  for (const id of ['main', 'fresh']) {
    const [now, then] = [document.getElementById(id), next.getElementById(id)];
    if (now && then) morph(now, /** @type {Element} */ (document.importNode(then, true)));
  }
  offerMoving();
}

/** A picture moves if somebody wants it to: its script is as large as the rest of the page. */
function offerMoving() {
  for (const place of document.querySelectorAll('.moving:empty')) {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = 'Zoom, and read values';
    button.addEventListener('click', () => void startMoving(/** @type {HTMLElement} */ (place), button));
    place.append(button);
  }
}

/** @param {HTMLElement} place @param {HTMLButtonElement} button */
async function startMoving(place, button) {
  const { script = '', style = '' } = place.dataset;
  button.disabled = true;
  try {
    const link = document.createElement('link');
    link.rel = 'stylesheet';
    link.href = style;
    const isStyled = new Promise((done, failed) => { [link.onload, link.onerror] = [done, failed]; });
    document.head.append(link);
    const [{ move }] = await Promise.all([import(script), isStyled]);
    button.remove();
    move(place);
  } catch {
    button.disabled = false;
    button.textContent = 'It cannot be loaded. Try again';
  }
}

/**
 * Makes an element like another one, and keeps what is the same: focus, what is unfolded, what is typed.
 * @param {Element} now @param {Element} then
 */
function morph(now, then) {
  if (now.id === 'live' || now.isEqualNode(then)) return;
  const isOwn = now.classList.contains('moving'); // What is within belongs to its own script.
  const isTyped = now instanceof HTMLInputElement || now instanceof HTMLSelectElement || now instanceof HTMLTextAreaElement;
  for (const { name } of [...now.attributes]) {
    if (!then.hasAttribute(name) && !(name === 'open' && now.tagName === 'DETAILS')) now.removeAttribute(name);
  }
  for (const { name, value } of [...then.attributes]) {
    if (now.getAttribute(name) !== value && !(isTyped && name === 'value') && !(name === 'open' && now.tagName === 'DETAILS')) {
      now.setAttribute(name, value);
    }
  }
  if (!isOwn) morphChildren(now, then);
}

/** @param {Element} now @param {Element} then */
function morphChildren(now, then) {
  const known = new Map([...now.children].filter(keyOf).map(child => [keyOf(child), child]));
  const wanted = new Set([...then.children].map(keyOf).filter(Boolean));
  /** @param {ChildNode} node */
  const isWanted = node => node instanceof Element && wanted.has(keyOf(node));
  /** @type {ChildNode | null} */
  let place = now.firstChild;
  for (const child of [...then.childNodes]) {
    const key = child instanceof Element ? keyOf(child) : '';
    const same = key ? known.get(key) : undefined;
    if (same) {
      // What stands before it and is not wanted goes, so that what is the same is not moved: moving takes the focus away.
      while (place && place !== same && !isWanted(place)) place = drop(place);
      if (same !== place) now.insertBefore(same, place);
      morph(same, /** @type {Element} */ (child));
      place = same.nextSibling;
      continue;
    }
    while (place instanceof Element && keyOf(place) && !isWanted(place)) place = drop(place);
    if (place && !key && isAlike(place, child)) {
      if (place instanceof Element) morph(place, /** @type {Element} */ (child));
      else if (place.nodeValue !== child.nodeValue) place.nodeValue = child.nodeValue;
      place = place.nextSibling;
    } else {
      now.insertBefore(child, place);
    }
  }
  while (place) place = drop(place);
}

/** Takes a node away. @param {ChildNode} node @returns {ChildNode | null} The one after it. */
function drop(node) {
  const next = node.nextSibling;
  node.remove();
  return next;
}

/** A section is known by its heading. @param {Element} element */
const keyOf = element => element.getAttribute('data-key') ?? (element.id || (element.getAttribute('aria-labelledby') ?? ''));

/** @param {Node} now @param {Node} then */
const isAlike = (now, then) => now.nodeType === then.nodeType && now.nodeName === then.nodeName
  && !(now instanceof Element && keyOf(now));

/** The time zone of this browser can be chosen, too. */
function offerZone() {
  const select = document.getElementById('zone');
  const own = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (!(select instanceof HTMLSelectElement) || !own || [...select.options].some(option => option.value === own)) return;
  select.add(new Option(`${own} (this browser)`, own), 1);
}

for (const name of ['pointermove', 'pointerdown', 'keydown', 'wheel', 'touchstart', 'focusin']) {
  addEventListener(name, () => { touchedAt = performance.now(); }, { passive: true });
}
document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    disconnect();
    clearTimeout(timer);
  } else {
    connect();
    refresh();
  }
});
addEventListener('pagehide', disconnect);
addEventListener('pageshow', connect);
offerZone();
offerMoving();
if (!isStill) say('', 'connecting');
connect();
timer = setTimeout(ask, longest());
