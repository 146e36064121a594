// Runs promtool. Where it is missing, a test is skipped and says what to install; on CI it fails.
import { execFileSync, spawnSync } from 'node:child_process';

const missing = spawnSync('promtool', ['--version']).error && 'promtool is missing: install prometheus (eng/servers does on Debian)';

/** Options of a test that needs promtool. */
export const needsPromtool = { skip: process.env.CI === 'true' ? false : missing };

/** What promtool prints. Throws if it finds a fault; the error says which. */
export function promtool(...args) {
  if (missing) throw new Error(missing);
  try {
    return execFileSync('promtool', args, { encoding: 'utf8', stdio: 'pipe' });
  } catch (failure) {
    throw new Error(`promtool ${args.join(' ')}\n${failure.stdout}${failure.stderr}`);
  }
}
