// Settings that several tests begin with.
export const kafka = { 'Source:Kind': 'kafka', 'Kafka:BootstrapServers': 'kafka:9092' };
export const redis = { 'Store:Kind': 'redis', 'Redis:Configuration': 'redis:6379' };
export const byProperty = { ...kafka, ...redis, 'Kafka:Partitioning': 'by-property' };
