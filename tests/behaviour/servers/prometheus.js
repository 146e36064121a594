// A real Prometheus that scrapes the service each second.
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { findProgram, freePorts, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

const [program, promtool] = ['prometheus', 'promtool'].map(name => findProgram(name));

export class PrometheusServer {
  static missing = () => program && promtool ? undefined : 'install prometheus';

  static async start(...targets) {
    const server = new PrometheusServer();
    const [port] = await freePorts(1);
    const { folder } = server;
    writeFileSync(join(folder, 'prometheus.yml'), JSON.stringify({
      global: { scrape_interval: '1s' },
      scrape_configs: [{ job_name: 'rx-alerting', static_configs: [{ targets }] }],
    }));
    const command = [program, `--config.file=${folder}/prometheus.yml`, `--storage.tsdb.path=${folder}/data`,
      `--web.listen-address=127.0.0.1:${port}`];
    server.url = `http://127.0.0.1:${port}`;
    server.process = new LoggedProcess('Prometheus', join(folder, 'server.log'), command);
    await server.process.until('it was ready', async () => (await fetch(`${server.url}/-/ready`).catch(() => ({}))).ok);
    return server;
  }

  folder = temporaryFolder('prometheus');

  /** The values of a query's answer. */
  async query(query) {
    const answer = await (await fetch(`${this.url}/api/v1/query?${new URLSearchParams({ query })}`)).json();
    if (answer.status !== 'success') throw new Error(`${query}: ${answer.error}`);
    return answer.data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
  }

  async end() {
    await this.process.end();
    removeFolder(this.folder);
  }
}

/** What promtool has to say of a page of metrics. */
export function checkMetrics(page) {
  try {
    return execFileSync(promtool, ['check', 'metrics'], { input: page, encoding: 'utf8', stdio: 'pipe' });
  } catch (failure) {
    return `${failure.stdout}${failure.stderr}`;
  }
}
