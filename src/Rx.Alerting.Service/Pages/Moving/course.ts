// The course of an incident's error rate, to be zoomed and read: the same points as the picture and the table of the page.
// All that comes from the stream is numbers; the words are ours. uPlot writes them as texts.
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';

/** The latest views at a time, and how many of them failed. */
interface Course {
  /** Seconds since the Unix epoch, ascending. */
  times: number[];
  errors: number[];
  views: number[];
}

const HEIGHT = 280;

/** Shows the picture in its place, instead of the one that stands still. */
export function move(place: HTMLElement): void {
  let course = read(place);
  const format = formats(place.dataset.zone ?? 'UTC');
  const color = (name: string) => () => getComputedStyle(place).getPropertyValue(name).trim();
  const normal = place.dataset.normal ? Number(place.dataset.normal) * 100 : null;
  const plot = new uPlot({
    width: Math.max(280, place.clientWidth),
    height: HEIGHT,
    cursor: { drag: { x: true, y: false } },
    scales: { y: { range: (_, __, most) => [0, Math.min(100, Math.max(most ?? 0, normal ?? 0) * 1.1 || 1)] } },
    series: [
      { label: `Time (${place.dataset.zone})`, value: (_, time) => time === null ? '' : format.full(time) },
      {
        label: 'Error rate',
        stroke: color('--chart'),
        width: 2,
        points: { show: course.times.length < 60, fill: color('--paper') },
        value: (_, rate, __, at) => rate === null || at === null || at === undefined ? ''
          : `${rate.toFixed(rate < 10 ? 2 : 1)} %: ${course.errors[at]} of ${course.views[at]} views failed`,
      },
      {
        label: 'Normal',
        stroke: color('--green'),
        dash: [2, 4],
        points: { show: false },
        value: () => normal === null ? 'not known' : `${normal.toFixed(2)} %`,
      },
    ],
    axes: [
      { stroke: color('--quiet'), grid: { stroke: color('--line') }, values: (_, times) => times.map(format.short) },
      { stroke: color('--quiet'), grid: { stroke: color('--line') }, values: (_, rates) => rates.map(rate => `${rate} %`) },
    ],
  }, data(course, normal), place);
  plot.root.setAttribute('role', 'group');
  plot.root.setAttribute('aria-label', 'Error rate over time; the table below has the same numbers');
  plot.root.querySelector('canvas')?.setAttribute('aria-hidden', 'true');
  place.append(buttons(plot, () => course.times));

  new ResizeObserver(() => {
    if (Math.abs(place.clientWidth - plot.width) > 1 && place.clientWidth > 0) plot.setSize({ width: place.clientWidth, height: HEIGHT });
  }).observe(place);
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => plot.redraw());
  // The page is kept up to date: it puts new points there. Who has zoomed stays where they are.
  new MutationObserver(() => {
    const isWhole = plot.scales.x.min === course.times[0] && plot.scales.x.max === course.times.at(-1);
    course = read(place);
    plot.setData(data(course, normal), isWhole);
    if (!isWhole) plot.redraw();
  }).observe(place, { attributeFilter: ['data-points'] });
}

function read(place: HTMLElement): Course {
  const course: Course = { times: [], errors: [], views: [] };
  for (const point of (place.dataset.points ?? '').split(' ')) {
    const [time, errors, views] = point.split(',').map(Number);
    if (!(views > 0)) continue;
    course.times.push(time / 1000);
    course.errors.push(errors);
    course.views.push(views);
  }
  return course;
}

const data = (course: Course, normal: number | null): uPlot.AlignedData => [
  course.times,
  course.times.map((_, at) => course.errors[at] / course.views[at] * 100),
  course.times.map(() => normal),
];

/** Times as the rest of the page has them, in its zone. */
function formats(timeZone: string) {
  const hours = { timeZone, hourCycle: 'h23', hour: '2-digit', minute: '2-digit' } as const;
  const short = new Intl.DateTimeFormat('en-GB', hours);
  const full = new Intl.DateTimeFormat('en-GB', { ...hours, day: 'numeric', month: 'short', second: '2-digit' });
  return {
    full: (time: number) => full.format(time * 1000).replace(',', ''),
    short: (time: number) => short.format(time * 1000),
  };
}

/** What a mouse does by dragging, for keys and fingers. */
function buttons(plot: uPlot, times: () => number[]): HTMLElement {
  const bar = document.createElement('div');
  bar.className = 'buttons';
  const add = (words: string, change: (from: number, to: number) => [number, number]) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = words;
    button.addEventListener('click', () => {
      const [first, last] = [times()[0], times().at(-1) ?? 0];
      const [min, max] = change(plot.scales.x.min ?? first, plot.scales.x.max ?? last);
      const span = Math.min(max - min, last - first);
      const from = Math.min(Math.max(first, min), last - span);
      if (span > 0) plot.setScale('x', { min: from, max: from + span });
    });
    bar.append(button);
  };
  add('Zoom in', (from, to) => [from + (to - from) / 4, to - (to - from) / 4]);
  add('Zoom out', (from, to) => [from - (to - from) / 2, to + (to - from) / 2]);
  add('Earlier', (from, to) => [from - (to - from) / 2, to - (to - from) / 2]);
  add('Later', (from, to) => [from + (to - from) / 2, to + (to - from) / 2]);
  add('All', () => [times()[0], times().at(-1) ?? 0]);
  return bar;
}
