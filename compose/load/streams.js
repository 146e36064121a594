// Streams that views are sent to, by clients that are not ours.

/** Kafka; views of a property go to one partition, in order. */
export async function openKafka(brokers, topic) {
  const { Kafka, logLevel } = await import('kafkajs');
  const producer = new Kafka({ brokers, clientId: 'rx-alerting-load', logLevel: logLevel.ERROR }).producer({
    allowAutoTopicCreation: true,
  });
  await producer.connect();
  return {
    name: `topic ${topic} at ${brokers.join(',')}`,
    send: (views) =>
      producer.send({
        topic,
        messages: views.map((view) => ({ key: view.property_id, value: JSON.stringify(view) })),
      }),
    close: () => producer.disconnect(),
  };
}

/** Kinesis, or what takes its place. What it refuses is sent again. */
export async function openKinesis(endpoint, stream) {
  const { KinesisClient, PutRecordsCommand } = await import('@aws-sdk/client-kinesis');
  const client = new KinesisClient({
    endpoint,
    region: process.env.AWS_REGION ?? 'us-east-1',
    credentials: { accessKeyId: 'stand-in', secretAccessKey: 'stand-in' },
    maxAttempts: 100,
  });
  return {
    name: `stream ${stream} at ${endpoint}`,
    async send(views) {
      for (let from = 0; from < views.length; from += 500) {
        let records = views.slice(from, from + 500).map((view) => ({
          PartitionKey: view.property_id,
          Data: Buffer.from(JSON.stringify(view)),
        }));
        while (records.length > 0) {
          const answer = await client.send(new PutRecordsCommand({ StreamName: stream, Records: records }));
          records = records.filter((_, i) => answer.Records[i].ErrorCode);
        }
      }
    },
    close: async () => client.destroy(),
  };
}
