// The built service as a process, and what it says over HTTP.
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { LoggedProcess } from './processes.js';

const repository = join(import.meta.dirname, '../../..');
const built = join(repository, 'src/Rx.Alerting.Service/bin/Release/net10.0/rx-alerting.dll');
const program = [join(repository, 'eng/dotnet'), process.env.RX_ALERTING_PROGRAM ?? built];

const env = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_EC2_METADATA_DISABLED: 'true', TZ: 'UTC' };

export class Service {
  static missing = () => existsSync(program[1]) ? undefined : 'build the service: make build';

  /** A folder has the state of the service, and its log. */
  constructor(folder, options) {
    Object.assign(this, { folder, options });
    mkdirSync(folder, { recursive: true });
  }

  /** Starts the service, again with the state that it had. */
  async start() {
    const listen = ['--listen', '127.0.0.1:0', '--metrics', '127.0.0.1:0'];
    this.starts = (this.starts ?? 0) + 1;
    const log = join(this.folder, `service-${this.starts}.log`);
    this.process = new LoggedProcess('The service', log, [...program, 'run', ...listen, ...this.options], { cwd: this.folder, env });
    await this.process.until('it told its addresses', () => this.findAddresses());
  }

  async isReady() {
    await this.process.until('ready', async () => (await fetch(`${this.metricsUrl}/health/ready`).catch(() => ({}))).ok);
  }

  end(signal) {
    return this.process.end(signal);
  }

  /** Runs another command of the program in the service's folder; what it prints. */
  async run(...args) {
    const [file, ...before] = program;
    const { stdout, stderr } = await promisify(execFile)(file, [...before, ...args], { cwd: this.folder, env: { ...process.env, ...env } });
    return stdout + stderr;
  }

  async incidents() {
    return (await this.get(`${this.apiUrl}/api/v1/incidents?limit=100&order_by=started_at`)).data;
  }

  async health() {
    const answer = await fetch(`${this.metricsUrl}/health/ready`);
    return { isReady: answer.ok, text: await answer.text() };
  }

  async command(command) {
    const body = JSON.stringify({ by: 'ann', ...command });
    return this.get(`${this.apiUrl}/api/v1/control`, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body });
  }

  metricsPage() {
    return fetch(`${this.metricsUrl}/metrics`).then(answer => answer.text());
  }

  /** The sum of a metric over all its labels, of those series that have the text. */
  async metric(name, text = '') {
    const series = (await this.metricsPage()).split('\n').filter(line => /^\w+/.exec(line)?.[0] === `rx_alerting_${name}`);
    return series.filter(line => line.includes(text)).reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
  }

  async get(url, request) {
    const answer = await fetch(url, request);
    if (!answer.ok) throw new Error(`${url} answers ${answer.status}: ${await answer.text()}`);
    return answer.json();
  }

  findAddresses() {
    this.apiUrl = /http:\/\/127\.0\.0\.1:\d+(?=\/api)/.exec(this.process.log)?.[0];
    this.metricsUrl = /Metrics and health are at ([\d.:]+)/.exec(this.process.log)?.[1].replace(/^/, 'http://');
    return this.apiUrl !== undefined && this.metricsUrl !== undefined;
  }
}
