// Checks manifests against the schemas of Kubernetes, the Prometheus Operator and KEDA.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The module that has the kinds of an API, as in apps/v1 or monitoring.coreos.com/v1. */
function moduleOf(apiVersion) {
  if (apiVersion.startsWith('monitoring.coreos.com/')) return `@kubernetes-models/prometheus-operator/${apiVersion}`;
  if (apiVersion.startsWith('keda.sh/')) return `@kubernetes-models/keda/${apiVersion}`;
  return `kubernetes-models/${apiVersion}`;
}

/** Throws if a field has a wrong type, or one is missing that must be there. */
export async function validate(manifest) {
  const module = await import(moduleOf(manifest.apiVersion));
  const Kind = module[manifest.kind];
  if (!Kind) throw new Error(`${manifest.apiVersion} has no kind ${manifest.kind}`);
  new Kind(manifest).validate();
}

/**
 * Fields that no schema knows, each with the manifest that has it. Validators pass over them, so the compiler of TypeScript looks:
 * a literal of an interface may have known members only.
 * @param named {[string, object][]} manifests by names of your choice
 */
export function unknownFields(named) {
  const modules = fileURLToPath(new URL('node_modules', import.meta.url));
  const lines = named.map(([name, manifest], at) =>
    `export const m${at}: import('${moduleOf(manifest.apiVersion)}').I${manifest.kind} = ${JSON.stringify(manifest)};`);
  const folder = join(modules, '.cache/manifests');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'manifests.ts'), lines.join('\n'));
  const compiler = join(modules, 'typescript/bin/tsc');
  const flags = ['--noEmit', '--strict', '--skipLibCheck', '--module', 'nodenext', '--pretty', 'false'];
  try {
    execFileSync(process.execPath, [compiler, ...flags, join(folder, 'manifests.ts')], { encoding: 'utf8', cwd: folder });
    return [];
  } catch ({ stdout }) {
    return stdout.split('\n').filter(line => line.includes('error TS'))
      .map(line => line.replace(/^.*\((\d+),\d+\): error TS\d+/, (_, number) => named[number - 1]?.[0]));
  }
}
