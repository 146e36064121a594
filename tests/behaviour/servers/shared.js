// Servers that several scenarios share. The first scenario that needs one starts it; all end after the last scenario.
import { KafkaServer } from './kafka.js';
import { KinesisServer } from './kinesis.js';
import { RabbitMqServer } from './rabbitmq.js';
import { S3Server } from './s3.js';

const kinds = { kafka: KafkaServer, kinesis: KinesisServer, rabbitmq: RabbitMqServer, s3: S3Server };
const started = new Map();

/** The server of a kind. */
export function server(kind) {
  if (!started.has(kind)) started.set(kind, kinds[kind].start());
  return started.get(kind);
}

export async function endServers() {
  for (const starting of started.values()) await (await starting.catch(() => undefined))?.end();
  started.clear();
}
