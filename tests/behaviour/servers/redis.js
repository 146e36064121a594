// A Redis server with an append-only file, looked at by ioredis.
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { findProgram, freePorts, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

const program = findProgram('redis-server');

export class RedisServer {
  static missing = () => program ? undefined : 'install redis-server';

  static async start() {
    const server = new RedisServer();
    [server.port] = await freePorts(1);
    await server.begin();
    return server;
  }

  folder = temporaryFolder('redis');

  get options() {
    return ['--store', 'redis', '--set', `Redis:Configuration=127.0.0.1:${this.port}`];
  }

  /** Starts the server: after it was killed, at the same port with the same data. */
  async begin() {
    const settings = { port: this.port, bind: '127.0.0.1', dir: this.folder, save: '', appendonly: 'yes', appendfsync: 'always' };
    const command = [program, ...Object.entries(settings).flatMap(([name, value]) => [`--${name}`, `${value}`])];
    this.process = new LoggedProcess('Redis', join(this.folder, 'server.log'), command);
    await this.process.until('it answered', () => this.ask(client => client.ping()));
  }

  kill() {
    return this.process.end();
  }

  /** What a client of its own is told. */
  async ask(question) {
    const client = new Redis({ port: this.port, host: '127.0.0.1', lazyConnect: true, retryStrategy: () => null });
    client.on('error', () => {});
    try {
      await client.connect();
      return await question(client);
    } finally {
      client.disconnect();
    }
  }

  async end() {
    await this.kill();
    removeFolder(this.folder);
  }
}
