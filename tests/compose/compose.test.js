import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const repository = resolve(import.meta.dirname, '../..');
const folder = join(repository, 'compose');
const file = join(folder, 'docker-compose.yml');
const { services } = parse(readFileSync(file, 'utf8'), { merge: true });
const named = Object.entries(services);

/** Why the test is skipped; on CI, nothing is. */
const lacking = (program) =>
  process.env.CI !== 'true' && spawnSync(program, ['--version']).error ? `There is no ${program}: install it.` : false;

for (const profile of ['kafka', 'kinesis', 'embedded']) {
  test(`Compose understands the profile ${profile}`, { skip: lacking('docker-compose') }, () => {
    const said = execFileSync('docker-compose', ['--file', file, '--profile', profile, 'config'], { encoding: 'utf8' });
    assert.ok(parse(said).services[`alerting-${profile}`]);
  });

  test(`every service of the profile ${profile} has what it waits for`, () => {
    const isThere = (service) => services[service].profiles.includes(profile);
    for (const [name, service] of named.filter(([name]) => isThere(name))) {
      for (const needed of Object.keys(Array.isArray(service.depends_on) ? {} : (service.depends_on ?? {})))
        assert.ok(isThere(needed), `${name} waits for ${needed}`);
    }
  });
}

test('ports are on loopback, and no two services of a profile share one', () => {
  for (const profile of ['kafka', 'kinesis', 'embedded']) {
    const ports = named.filter(([, service]) => service.profiles.includes(profile)).flatMap(([, service]) => service.ports ?? []);
    assert.deepEqual(
      ports.filter((port) => !port.startsWith('127.0.0.1:')),
      [],
    );
    assert.equal(new Set(ports.map((port) => port.split(':')[1])).size, ports.length);
  }
});

test('images of others are pinned by version', () => {
  for (const [name, { image }] of named.filter(([, service]) => !service.build && !service.image.includes('rx-alerting')))
    assert.match(image, /:[^:]*\d+\.\d+/, name);
});

test('every setting of the service is one of its options', () => {
  const rows = readFileSync(join(repository, 'docs/options.md'), 'utf8').matchAll(/^\| `([A-Za-z:]+)` \|/gm);
  const options = new Set([...rows].map(([, name]) => name));
  const settings = named
    .flatMap(([, { environment = {} }]) => Object.keys(environment))
    .filter((key) => key.startsWith('RX_ALERTING__'));
  assert.notEqual(settings.length, 0);
  for (const setting of settings) {
    const option = setting
      .slice('RX_ALERTING__'.length)
      .replaceAll('__', ':')
      .replace(/^Channels:[a-z]+:/, 'Channels:NAME:');
    assert.ok(options.has(option), setting);
  }
});

test('every file that is mounted or built is there', () => {
  const mounted = named.flatMap(([, { volumes = [] }]) =>
    volumes.map((volume) => volume.split(':')[0]).filter((path) => path.startsWith('.')),
  );
  const built = named
    .map(([, { build }]) => build)
    .filter(Boolean)
    .map((build) => join(build.context ?? build, 'Dockerfile'));
  assert.notEqual(mounted.length, 0);
  for (const path of [...mounted, ...built]) assert.ok(existsSync(join(folder, path)), path);
});

test('the documented addresses are the ports of services', () => {
  const said = readFileSync(join(folder, 'README.md'), 'utf8').matchAll(/http:\/\/localhost:(\d+)/g);
  const ports = new Set(named.flatMap(([, { ports = [] }]) => ports.map((port) => port.split(':')[1])));
  for (const [, port] of said) assert.ok(ports.has(port), port);
});
