// An S3 store, read by the AWS SDK.
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { clientOptions, region } from './aws.js';
import { freePorts, listens, LoggedProcess, removeFolder, temporaryFolder } from './processes.js';

const bucket = 'rx-dumps';
const key = 'S3RVER';

export class S3Server {
  static missing = () => undefined;

  static async start() {
    const server = new S3Server();
    const [port] = await freePorts(1);
    const script = join(dirname(createRequire(import.meta.url).resolve('s3rver/package.json')), 'bin/s3rver.js');
    const data = ['-d', join(server.folder, 'data'), '-a', '127.0.0.1', '-p', `${port}`, '-s', '--configure-bucket', bucket];
    server.process = new LoggedProcess('S3', join(server.folder, 'server.log'), ['node', '--openssl-legacy-provider', script, ...data]);
    server.url = `http://127.0.0.1:${port}`;
    await server.process.until('it listened', () => listens(port));
    server.client = new S3Client({ ...clientOptions(server.url, key, key), forcePathStyle: true });
    return server;
  }

  folder = temporaryFolder('s3');

  options(prefix) {
    const options = {
      Bucket: bucket, Prefix: prefix, Endpoint: this.url, Region: region, PathStyle: 'yes', AccessKeyId: key, SecretAccessKey: key,
    };
    return Object.entries(options).flatMap(([name, value]) => ['--set', `Dumps:${name}=${value}`]);
  }

  /** Names of all objects under a prefix. */
  async list(prefix) {
    const { Contents = [] } = await this.client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: `${prefix}/` }));
    return Contents.map(object => object.Key);
  }

  async read(name) {
    const { Body } = await this.client.send(new GetObjectCommand({ Bucket: bucket, Key: name }));
    return Buffer.from(await Body.transformToByteArray());
  }

  async end() {
    this.client.destroy();
    await this.process.end();
    removeFolder(this.folder);
  }
}
