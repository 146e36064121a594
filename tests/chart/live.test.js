// A real Prometheus scrapes the service on simulated traffic.
// Every query of the dashboard has an answer, and every metric of the rules is there.
import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { repository } from './helm.js';
import { named, queriesFor, rules } from './monitoring.js';

const program = process.env.RX_ALERTING_PROGRAM ?? join(repository, 'src/Rx.Alerting.Service/bin/Release/net10.0/rx-alerting.dll');
const missing = !existsSync(program) ? 'the service is not built: make build'
  : spawnSync('prometheus', ['--version']).error ? 'prometheus is missing: install prometheus (eng/servers does on Debian)' : false;
const live = { skip: process.env.CI === 'true' ? false : missing, timeout: 240_000 };

/** What simulated traffic does not have: a source outside, what is wrong, and a restart. */
const elsewhere = /_(kafka|kinesis|follow)_|_partition_(lag|position)_|_records_rejected_|_not_sent_|^changes\(/;

const running = [];
let folder, prometheus;

before(async () => {
  if (live.skip) return;
  folder = mkdtempSync(join(tmpdir(), 'rx-alerting-live-'));
  const [receiver, api, metrics, web] = await freePorts(4);
  const answer = (request, response) => request.resume().on('end', () => response.writeHead(204).end());
  const hook = createServer(answer).listen(receiver, '127.0.0.1');
  running.push({ kill: () => hook.close() });
  start(join(repository, 'eng/dotnet'), [program, 'run', '--listen', `127.0.0.1:${api}`, '--metrics', `127.0.0.1:${metrics}`,
    '--set', 'Metrics:TopProperties=2', '--set', 'Channels:hook:Kind=webhook', '--set', `Channels:hook:Url=http://127.0.0.1:${receiver}/`]);
  writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({
    global: { scrape_interval: '1s' },
    scrape_configs: [{ job_name: 'rx-alerting', static_configs: [{ targets: [`127.0.0.1:${metrics}`] }] }],
  }));
  start('prometheus',
    [`--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`, `--web.listen-address=127.0.0.1:${web}`]);
  prometheus = `http://127.0.0.1:${web}/api/v1`;
  await until(60_000, async () => (await command(api)).ok ? [] : ['the service takes no command']);
});

after(() => {
  for (const each of running) each.kill('SIGKILL');
  if (folder) rmSync(folder, { recursive: true, force: true });
});

test('every query of the dashboard has an answer', live, async () => {
  const queries = queriesFor('10s').filter(query => !elsewhere.test(query));
  assert.ok(queries.length > 50);
  assert.deepEqual(await until(120_000, () => without(queries)), []);
});

test('every metric of the rules is there', live, async () => {
  const names = [...new Set(rules.flatMap(rule => named(rule.expr)))].filter(name => !elsewhere.test(name));
  assert.deepEqual(await until(60_000, () => without(names)), []);
});

/** Those queries that have no answer. */
async function without(queries) {
  const left = [];
  for (const query of queries) {
    const answer = await (await fetch(`${prometheus}/query?${new URLSearchParams({ query })}`)).json();
    if (answer.status !== 'success') left.push(`${query}: ${answer.error}`);
    else if (answer.data.result.length === 0) left.push(query);
  }
  return left;
}

/** Asks again until nothing is left, or the time is over; what is left then. */
async function until(milliseconds, ask) {
  const end = Date.now() + milliseconds;
  for (;;) {
    const left = await ask().catch(failure => [String(failure.cause ?? failure)]);
    if (left.length === 0 || Date.now() > end) return left;
    await new Promise(resolve => setTimeout(resolve, 500));
  }
}

const command = api => fetch(`http://127.0.0.1:${api}/api/v1/control`, {
  method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ by: 'test', type: 'checkpoint' }),
});

function start(file, args) {
  running.push(spawn(file, args, { cwd: folder, stdio: 'ignore' }));
}

async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  return ports;
}
