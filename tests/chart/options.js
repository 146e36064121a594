// npm run options: writes charts/rx-alerting/files/options.txt from docs/options.md.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chart, repository } from './helm.js';

/** The names of all options that the document lists. */
export function documented() {
  const rows = readFileSync(join(repository, 'docs/options.md'), 'utf8').matchAll(/^\| `([A-Za-z]+:[A-Za-z:]+)` \|/gm);
  return [...new Set([...rows].map(([, name]) => name))].sort().join('\n') + '\n';
}

if (process.argv[1] === import.meta.filename) writeFileSync(join(chart, 'files/options.txt'), documented());
