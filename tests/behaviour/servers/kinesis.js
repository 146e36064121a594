// A server with the API of Kinesis; its streams are written by the AWS SDK and by the KPL aggregation of aws-kinesis-agg.
import {
  CreateStreamCommand, DescribeStreamSummaryCommand, KinesisClient, ListShardsCommand, PutRecordCommand, PutRecordsCommand,
  UpdateShardCountCommand,
} from '@aws-sdk/client-kinesis';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import aggregation from 'aws-kinesis-agg';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { eventually } from '../eventually.js';
import { clientOptions, region } from './aws.js';
import { freePorts, listens, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

export class KinesisServer {
  static missing = () => undefined;

  static async start() {
    const server = new KinesisServer();
    const [port, tls] = await freePorts(2);
    const program = dirname(createRequire(import.meta.url).resolve('kinesis-local/package.json'));
    const env = {
      KINESIS_MOCK_CERT_PATH: join(program, 'server.json'),
      KINESIS_MOCK_PLAIN_PORT: `${port}`,
      KINESIS_MOCK_TLS_PORT: `${tls}`,
      SHARD_LIMIT: '1000',
      LOG_LEVEL: 'ERROR',
      CREATE_STREAM_DURATION: '20ms',
      UPDATE_SHARD_COUNT_DURATION: '20ms',
    };
    const { folder } = server;
    server.process = new LoggedProcess('Kinesis', join(folder, 'server.log'), ['node', join(program, 'main.js')], { cwd: program, env });
    await server.process.until('it listened', () => listens(port));
    server.url = `http://127.0.0.1:${port}`;
    // The SDK speaks HTTP/2 to Kinesis by default, which needs TLS.
    server.client = new KinesisClient({ ...clientOptions(server.url, 'test', 'test'), requestHandler: new NodeHttpHandler() });
    return server;
  }

  folder = temporaryFolder('kinesis');

  async stream(name, shards) {
    const stream = new KinesisStream(this, name);
    await this.client.send(new CreateStreamCommand({ StreamName: name, ShardCount: shards }));
    await stream.isActive();
    return stream;
  }

  async end() {
    this.client.destroy();
    await this.process.end();
    removeFolder(this.folder);
  }
}

class KinesisStream {
  constructor(server, name) {
    Object.assign(this, { server, name });
  }

  get pipeline() {
    return `kinesis/${this.name}`;
  }

  get options() {
    const options = {
      StreamName: this.name, Region: region, ServiceUrl: this.server.url, PollInterval: '200ms', DiscoveryInterval: '1s',
    };
    return ['--source', 'kinesis', ...Object.entries(options).flatMap(([name, value]) => ['--set', `Kinesis:${name}=${value}`])];
  }

  /** Views of five minutes at a time, because shards are read side by side, and event time passes faster here than in life. */
  parts(views) {
    const slices = [];
    for (const view of views) {
      if (!slices.length || Date.parse(view.view_end) >= Date.parse(slices.at(-1)[0].view_end) + 300_000) slices.push([]);
      slices.at(-1).push(view);
    }
    return slices;
  }

  send(views) {
    return this.isAggregated ? this.sendAggregated(views) : this.sendEach(views);
  }

  /** Views are records of their own. */
  async sendEach(views) {
    for (let from = 0; from < views.length; from += 500) {
      const Records = views.slice(from, from + 500).map(view => ({ PartitionKey: view.view_id, Data: Buffer.from(JSON.stringify(view)) }));
      const { FailedRecordCount } = await this.server.client.send(new PutRecordsCommand({ StreamName: this.name, Records }));
      if (FailedRecordCount) throw new Error(`${FailedRecordCount} records were refused`);
    }
  }

  /** Many views are one record, as the Kinesis Producer Library writes them. They have one key, so that they belong to one shard. */
  async sendAggregated(views) {
    for (let from = 0; from < views.length; from += 200) {
      const aggregator = new aggregation.RecordAggregator();
      for (const view of views.slice(from, from + 200))
        aggregator.addUserRecord({ partitionKey: views[from].view_id, data: Buffer.from(JSON.stringify(view)) });
      const { partitionKey, data } = aggregator.build();
      await this.server.client.send(new PutRecordCommand({ StreamName: this.name, PartitionKey: partitionKey, Data: data }));
    }
  }

  async reshard(count) {
    const change = { StreamName: this.name, TargetShardCount: count, ScalingType: 'UNIFORM_SCALING' };
    await this.server.client.send(new UpdateShardCountCommand(change));
    await this.isActive();
  }

  /** How many shards take records. */
  async openShards() {
    const { Shards } = await this.server.client.send(new ListShardsCommand({ StreamName: this.name }));
    return Shards.filter(shard => !shard.SequenceNumberRange.EndingSequenceNumber).length;
  }

  isActive() {
    return eventually(() => this.server.client.send(new DescribeStreamSummaryCommand({ StreamName: this.name })), answer => {
      const { StreamStatus } = answer.StreamDescriptionSummary;
      if (StreamStatus !== 'ACTIVE') throw new Error(`the stream is ${StreamStatus}`);
    });
  }
}
