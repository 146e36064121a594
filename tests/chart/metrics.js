// The names of all metrics, as docs/metrics.md lists them: in the first column of its tables, between back-ticks.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './helm.js';

const document = join(repository, 'docs/metrics.md');

/** Of the process and the runtime, as prometheus-net makes them. */
const runtime = `process_start_time_seconds process_cpu_seconds_total process_virtual_memory_bytes process_working_set_bytes
  process_private_memory_bytes process_open_handles process_num_threads
  dotnet_total_memory_bytes dotnet_collection_count_total`.split(/\s+/);

function listed() {
  return readFileSync(document, 'utf8').split('\n').filter(line => line.startsWith('| ')).map(line => line.split('|')[1])
    .flatMap(cell => [...cell.matchAll(/`([a-z][a-z0-9_]+)/g)].map(([, name]) => name));
}

/** All names, with their prefix. */
export const metrics = new Set([
  ...runtime,
  ...listed().map(name => /^(rx_alerting|process|dotnet)_/.test(name) ? name : `rx_alerting_${name}`),
]);
