// The service itself takes what the chart gives it: rx-alerting options reads the same variables and files.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';
import { chart, manifests, one, podOf, repository } from './helm.js';

const program = process.env.RX_ALERTING_PROGRAM ?? join(repository, 'src/Rx.Alerting.Service/bin/Release/net10.0/rx-alerting.dll');
const built = { skip: existsSync(program) || process.env.CI === 'true' ? false : 'the service is not built: make build' };

/** What a Secret of each option holds. */
const secrets = {
  'Redis:Configuration': 'redis:6379,password=x',
  'RabbitMq:Uri': 'amqp://rx:x@rabbitmq',
  'Kafka:Settings': 'security.protocol=SASL_SSL,sasl.mechanism=SCRAM-SHA-512,sasl.username=rx,sasl.password=x',
  'Channels:ops:Token': 'xoxb-1',
  'Channels:teams:Url': 'https://example.com/hook',
};

/** What the program says to the variables of the pod. What is mounted in the pod is in the folder. */
function ask(all, values, folder) {
  for (const [name, text] of Object.entries(values.files ?? {})) writeFileSync(join(folder, name), text);
  for (const key of Object.keys(values.secrets ?? {})) writeFileSync(join(folder, key.replaceAll(':', '.')), secrets[key]);
  const { container } = podOf(all);
  const variables = Object.entries(one(all, 'ConfigMap', container.envFrom[0].configMapRef.name).data);
  for (const { name, value, valueFrom } of container.env)
    variables.push([name, valueFrom ? secrets[name.replace('RX_ALERTING__', '').replaceAll('__', ':')] : value]);
  const options = variables.filter(([name]) => name.startsWith('RX_ALERTING__'))
    .map(([name, value]) => [name, value.replace(/^\/etc\/rx-alerting\/(secrets|files)/, folder)]);
  const env = { ...process.env, ...Object.fromEntries(options) };
  return spawnSync(join(repository, 'eng/dotnet'), [program, 'options'], { encoding: 'utf8', env, cwd: folder });
}

for (const file of readdirSync(join(chart, 'ci'))) {
  test(`${file}: the service takes these options and secrets`, built, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'rx-alerting-options-'));
    try {
      const values = parse(readFileSync(join(chart, 'ci', file), 'utf8')) ?? {};
      const { status, stdout, stderr } = ask(await manifests(values), values, folder);
      assert.equal(stderr.trim(), '');
      assert.equal(status, 0);
      assert.match(stdout, /Metrics:Listen/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
}
