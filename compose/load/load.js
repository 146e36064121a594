// The load generator: sends views to Kafka or Kinesis, as many a second as RATE says.
//   KAFKA_BROKERS=host:port TOPIC=views node load.js
//   KINESIS_ENDPOINT=http://host:port STREAM=views node load.js
import { setTimeout as delay } from 'node:timers/promises';
import { openKafka, openKinesis } from './streams.js';
import { Traffic } from './views.js';

const fail = (problem) => {
  console.error(`load.js: ${problem}`);
  process.exit(2);
};

const number = (name, otherwise) => {
  const value = Number(process.env[name] ?? otherwise);
  return value > 0 ? value : fail(`${name} is “${process.env[name]}”, must be a number above 0`);
};

const rate = number('RATE', 200);
const traffic = new Traffic({
  properties: number('PROPERTIES', 8),
  titles: number('TITLES', 500),
  calm: number('CALM_SECONDS', 240),
  outage: number('OUTAGE_SECONDS', 120),
});
const stream = process.env.KAFKA_BROKERS
  ? await openKafka(process.env.KAFKA_BROKERS.split(','), process.env.TOPIC ?? 'views')
  : process.env.KINESIS_ENDPOINT
    ? await openKinesis(process.env.KINESIS_ENDPOINT, process.env.STREAM ?? 'views')
    : null;
if (!stream) fail('set KAFKA_BROKERS or KINESIS_ENDPOINT');

let isStopped = false;
for (const signal of ['SIGTERM', 'SIGINT'])
  process.on(signal, () => {
    isStopped = true;
  });

console.log(`Sending ${rate} views a second to ${stream.name}`);
let owed = 0;
let latest = performance.now();
while (!isStopped) {
  const now = performance.now();
  owed = Math.min(owed + ((now - latest) / 1000) * rate, rate);
  latest = now;
  const change = traffic.change();
  if (change) console.log(change);
  const views = Array.from({ length: Math.floor(owed) }, () => traffic.view());
  owed -= views.length;
  if (views.length > 0) await stream.send(views);
  await delay(100);
}

await stream.close();
