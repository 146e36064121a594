// Processes that tests start: their output goes to a file, and they are ended by their id.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, closeSync, constants, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { eventually } from '../eventually.js';

/** A new folder for a server's data. */
export const temporaryFolder = name => mkdtempSync(join(tmpdir(), `rx-alerting-${name}-`));

export const removeFolder = folder => rmSync(folder, { recursive: true, force: true });

/** Loopback ports at which nobody listened a moment ago. */
export async function freePorts(count) {
  const servers = Array.from({ length: count }, () => createServer().listen(0, '127.0.0.1'));
  await Promise.all(servers.map(server => once(server, 'listening')));
  const ports = servers.map(server => server.address().port);
  await Promise.all(servers.map(server => once(server.close(), 'close')));
  return ports;
}

/** Whether somebody takes connections at a loopback port. */
export const listens = port => new Promise(resolve => {
  const socket = connect(port, '127.0.0.1');
  socket.on('connect', () => {
    socket.destroy();
    resolve(true);
  }).on('error', () => resolve(false));
});

/** The path of a program: in the first folder, or in those of the PATH. Undefined if it is not installed. */
export function findProgram(name, ...first) {
  return [...first, ...process.env.PATH.split(delimiter)].map(folder => join(folder, name)).find(isExecutable);
}

/** A process whose output is added to a file. */
export class LoggedProcess {
  constructor(name, logFile, command, { cwd, env } = {}) {
    const log = openSync(logFile, 'a');
    this.name = name;
    this.logFile = logFile;
    this.child = spawn(command[0], command.slice(1), { cwd, env: { ...process.env, ...env }, stdio: ['ignore', log, log], detached: true });
    this.child.on('error', failure => { this.failure = failure; });
    closeSync(log);
  }

  get log() {
    return readFileSync(this.logFile, 'utf8');
  }

  get hasEnded() {
    return this.failure !== undefined || this.child.exitCode !== null || this.child.signalCode !== null;
  }

  /** Waits until something is so. Fails at once if the process ends before. */
  until(what, isSo) {
    return eventually(async () => {
      if (this.hasEnded) return { ended: true };
      return { so: await isSo() };
    }, ({ so, ended }) => {
      if (ended) throw Object.assign(new Error(`${this.name} has ended before ${what}:\n${this.log.slice(-4000)}`), { isFinal: true });
      if (!so) throw new Error(`${this.name}: not ${what} yet:\n${this.log.slice(-4000)}`);
    });
  }

  untilLog(text) {
    return this.until(`“${text}” was in the log`, () => this.log.includes(text));
  }

  /** Sends a signal to the process, and to those that it has started: each has a group of its own. Waits for the end. */
  async end(signal = 'SIGKILL', patience = 60_000) {
    if (this.hasEnded) return this.child.exitCode;
    const ended = once(this.child, 'exit');
    process.kill(signal === 'SIGKILL' ? -this.child.pid : this.child.pid, signal);
    const timer = setTimeout(() => process.kill(-this.child.pid, 'SIGKILL'), patience);
    await ended;
    clearTimeout(timer);
    return this.child.exitCode;
  }
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
