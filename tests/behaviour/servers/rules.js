// The alert rules of the chart, and what they ask Prometheus for.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const file = join(import.meta.dirname, '../../../charts/rx-alerting/files/rules.yaml');

export const rules = parse(readFileSync(file, 'utf8')).groups.flatMap(group => group.rules);

/** Metrics of others, which no process of the service serves, such as those of kube-state-metrics: none yet. */
const ofOthers = new Set([]);

/** The metrics of an expression, each with its matchers: without ranges, functions and comparisons. */
export const selectorsOf = expression =>
  [...expression.replaceAll(/#.*$/gm, '').matchAll(/\b(?:[a-z]+_)+[a-z]+\b(?!\s*\()(\{[^}]*\})?/g)]
    .map(([selector]) => selector).filter(selector => !isOfLanguage(selector) && !ofOthers.has(selector.split('{')[0]));

const isOfLanguage = word => ['group_left', 'group_right'].includes(word);
