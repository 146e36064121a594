// Alert rules and dashboard, as tests look at them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { chart } from './helm.js';

export const rulesFile = join(chart, 'files/rules.yaml');
export const rules = parse(readFileSync(rulesFile, 'utf8')).groups.flatMap(group => group.rules);
export const dashboard = JSON.parse(readFileSync(join(chart, 'files/dashboard.json'), 'utf8'));

/** Every query of the dashboard, with values for what Grafana fills in. */
export const queriesFor = interval => [
  ...dashboard.panels.flatMap(panel => (panel.targets ?? []).map(target => target.expr)),
  ...dashboard.annotations.list.map(each => each.expr),
].map(query => query.replaceAll('$__rate_interval', interval).replaceAll('$namespace', '.*').replaceAll('$job', '.*'));

/** The metrics that a query names; of a histogram without its suffix. */
export const named = query => [...query.matchAll(/\b(?:rx_alerting|process|dotnet)_[a-z0-9_]+/g)]
  .map(([name]) => name.replace(/_(bucket|sum|count)$/, ''));
