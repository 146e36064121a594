// A Kafka broker of the distribution at KAFKA_HOME, and topics in it, written by kafkajs.
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel, Partitioners } from 'kafkajs';
import { freePorts, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

export class KafkaServer {
  /** Why there is no server on this machine. Undefined if there is. */
  static missing = () => process.env.KAFKA_HOME ? undefined : 'unpack Apache Kafka, and let KAFKA_HOME name its folder';

  static async start() {
    const server = new KafkaServer();
    const home = process.env.KAFKA_HOME;
    const [port, controller] = await freePorts(2);
    const properties = join(server.folder, 'server.properties');
    writeFileSync(properties, settings(port, controller, join(server.folder, 'data')));
    const env = { LOG_DIR: server.folder, KAFKA_HEAP_OPTS: '-Xmx512m -Xms128m' };
    const format = ['format', '--standalone', '-t', '4L6g3nShT-eMCtK--X86sw', '-c', properties];
    await promisify(execFile)(join(home, 'bin/kafka-storage.sh'), format, { env: { ...process.env, ...env } });
    const command = [join(home, 'bin/kafka-server-start.sh'), properties];
    server.process = new LoggedProcess('Kafka', join(server.folder, 'server.log'), command, { env });
    await server.process.untilLog('Kafka Server started');
    server.address = `127.0.0.1:${port}`;
    await server.connect();
    return server;
  }

  folder = temporaryFolder('kafka');

  async connect() {
    const kafka = new Kafka({ clientId: 'views', brokers: [this.address], logLevel: logLevel.ERROR });
    this.admin = kafka.admin();
    this.producer = kafka.producer({ createPartitioner: Partitioners.DefaultPartitioner });
    await Promise.all([this.admin.connect(), this.producer.connect()]);
  }

  async topic(name, partitions = 1) {
    await this.admin.createTopics({ waitForLeaders: true, topics: [{ topic: name, numPartitions: partitions }] });
    return new KafkaTopic(this, name);
  }

  async end() {
    await Promise.all([this.admin?.disconnect(), this.producer?.disconnect()]);
    await this.process.end();
    removeFolder(this.folder);
  }
}

class KafkaTopic {
  constructor(server, name) {
    Object.assign(this, { server, name });
  }

  get pipeline() {
    return `kafka/${this.name}`;
  }

  get options() {
    const options = { BootstrapServers: this.server.address, Topic: this.name, GroupId: `rx-${this.name}`, DiscoveryInterval: '1s' };
    return ['--source', 'kafka', ...Object.entries(options).flatMap(([name, value]) => ['--set', `Kafka:${name}=${value}`])];
  }

  async send(views) {
    for (let from = 0; from < views.length; from += 2000) {
      const messages = views.slice(from, from + 2000).map(view => ({
        key: this.isKeyed ? view.property_id : null, value: JSON.stringify(view),
      }));
      await this.server.producer.send({ topic: this.name, messages });
    }
  }
}

const settings = (port, controller, data) => `process.roles=broker,controller
node.id=1
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
controller.listener.names=CONTROLLER
controller.quorum.bootstrap.servers=127.0.0.1:${controller}
log.dirs=${data}
offsets.topic.num.partitions=1
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
share.coordinator.state.topic.replication.factor=1
share.coordinator.state.topic.min.isr=1
group.initial.rebalance.delay.ms=0
auto.create.topics.enable=false
`;
