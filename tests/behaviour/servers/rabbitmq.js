// A RabbitMQ server, with a port mapper of its own, and commands that are sent over it by amqplib.
import { randomUUID } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect } from 'amqplib';
import { patience } from '../eventually.js';
import { findProgram, freePorts, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

// Debian's script in the PATH changes the user.
const program = findProgram('rabbitmq-server', '/usr/lib/rabbitmq/bin');
const mapper = findProgram('epmd', '/usr/lib/erlang/bin');

export class RabbitMqServer {
  static missing = () => program && mapper ? undefined : 'install rabbitmq-server';

  static async start() {
    const server = new RabbitMqServer();
    const [port, distribution, mapping] = await freePorts(3);
    const { folder } = server;
    // Otherwise the server would start a daemon that nobody ends.
    server.mapper = new LoggedProcess('epmd', join(folder, 'epmd.log'), [mapper, '-port', `${mapping}`, '-address', '127.0.0.1']);
    writeFileSync(join(folder, 'rabbitmq.conf'), '');
    const env = {
      HOME: folder,
      RABBITMQ_NODENAME: `rx${port}@localhost`,
      RABBITMQ_NODE_IP_ADDRESS: '127.0.0.1',
      RABBITMQ_NODE_PORT: `${port}`,
      RABBITMQ_DIST_PORT: `${distribution}`,
      RABBITMQ_MNESIA_BASE: join(folder, 'mnesia'),
      RABBITMQ_LOG_BASE: join(folder, 'log'),
      RABBITMQ_PID_FILE: join(folder, 'pid'),
      RABBITMQ_ENABLED_PLUGINS_FILE: join(folder, 'enabled_plugins'),
      RABBITMQ_CONFIG_FILE: join(folder, 'rabbitmq.conf'),
      RABBITMQ_CONF_ENV_FILE: '/dev/null',
      RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '-kernel inet_dist_use_interface {127,0,0,1}',
      ERL_EPMD_ADDRESS: '127.0.0.1',
      ERL_EPMD_PORT: `${mapping}`,
    };
    server.uri = `amqp://guest:guest@127.0.0.1:${port}`;
    server.process = new LoggedProcess('RabbitMQ', join(folder, 'server.log'), [program], { env });
    await server.process.untilLog('Starting broker... completed');
    return server;
  }

  folder = temporaryFolder('rabbitmq');

  /** Exchange and queue of a scenario. */
  control(name) {
    return new ControlExchange(this, `${name}.control`);
  }

  async end() {
    await this.process.end();
    await this.mapper.end();
    removeFolder(this.folder);
  }
}

class ControlExchange {
  constructor(server, name) {
    Object.assign(this, { server, name });
  }

  get options() {
    return ['Uri=' + this.server.uri, 'Exchange=' + this.name, 'Queue=' + this.name].flatMap(option => ['--set', `RabbitMq:${option}`]);
  }

  /** Sends a command; what is answered. */
  async send(command) {
    const connection = await connect(this.server.uri);
    try {
      const channel = await connection.createChannel();
      const { queue } = await channel.assertQueue('', { exclusive: true });
      const answered = new Promise((resolve, reject) => {
        setTimeout(reject, patience, new Error(`no answer to ${JSON.stringify(command)}`)).unref();
        channel.consume(queue, message => resolve(JSON.parse(message.content)), { noAck: true });
      });
      const properties = { replyTo: queue, correlationId: randomUUID(), contentType: 'application/json' };
      channel.publish(this.name, '', Buffer.from(JSON.stringify(command)), properties);
      return await answered;
    } finally {
      await connection.close();
    }
  }
}
