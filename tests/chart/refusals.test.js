// Values that cannot be used: all faults are told at once, each in a sentence.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { faults } from './helm.js';
import { byProperty, kafka, redis } from './values.js';

const secret = { name: 'a', key: 'b' };

const refused = (what, values, ...expected) => test(`refused: ${what}`, async () => assert.deepEqual(await faults(values), expected));
const allowed = (what, values) => test(`allowed: ${what}`, async () => assert.deepEqual(await faults(values), []));

refused('a key that the chart does not have', { replicas: 2 }, "at '': additional properties 'replicas' not allowed");
refused('a key in a section', { service: { kind: 'x' } }, "at '/service': additional properties 'kind' not allowed");
refused('a volume on a network share', { persistence: { accessMode: 'ReadWriteMany' } },
  "at '/persistence/accessMode': value must be one of 'ReadWriteOnce', 'ReadWriteOncePod'");
refused('a port of every node', { service: { type: 'NodePort' } }, "at '/service/type': value must be one of 'ClusterIP', 'LoadBalancer'");
refused('a secret in place of a reference', { secrets: { 'Channels:ops:Token': 'xoxb-1' } },
  "at '/secrets/Channels:ops:Token': got string, want object");

refused('an option that does not exist', { settings: { Kafka: { Topics: 'views' } } },
  'settings: there is no option Kafka:Topics, docs/options.md lists them all (extraEnv takes those of another release)');
refused('a secret for an option that does not exist', { secrets: { 'Channels:ops:Tokn': secret } },
  'settings: there is no option Channels:ops:Tokn, docs/options.md lists them all (extraEnv takes those of another release)');
refused('an option twice', { settings: { Kafka: { Topic: 'a' }, 'kafka:topic': 'b' } }, 'settings: kafka:topic is given twice');
refused('an option in settings and in secrets', { settings: { 'Kafka:Settings': 'a=b' }, secrets: { 'Kafka:Settings': secret } },
  'settings: Kafka:Settings is also in secrets, give one of them');
refused('an option in secrets, and its file in settings',
  { settings: { 'Kafka:SettingsFile': '/mnt/vault/kafka' }, secrets: { 'Kafka:Settings': secret } },
  'settings: Kafka:SettingsFile is also in secrets, give one of them');
refused('an option and its file', { settings: { 'Kafka:Settings': 'a=b', 'kafka:settingsFile': '/mnt/vault/kafka' } },
  'settings: kafka:settingsFile and the option without File are both given, give one of them');
refused('a source that does not exist', { settings: { Source: { Kind: 'kafak' } } },
  'settings: Source:Kind is "kafak", must be one of simulation, follow, kafka, kinesis');
refused('where to listen', { settings: { 'Metrics:Listen': '0.0.0.0:1', Kestrel: { Endpoints: { a: { Url: 'http://*:80' } } } } },
  'settings: Kestrel:Endpoints:a:Url cannot be set: the chart says where to listen, by listenHost and tls.secretName',
  'settings: Metrics:Listen is set by listenHost and metrics.port');
for (const [name, why] of [
  ['Metrics__Listen', 'is set by listenHost and metrics.port'],
  ['Kestrel__Endpoints__a__Url', 'cannot be given: the chart says where to listen, by listenHost and tls.secretName'],
  ['Store__Kind', 'cannot be given, as the chart has to know it: put it into settings'],
  ['Kafka__Topic', 'is also in settings or secrets, give one of them'],
  ['Channels__ops__TokenFile', 'is also in settings or secrets, give one of them'],
]) {
  refused(`${name} in a variable, which would win`, {
    settings: { 'Kafka:Topic': 'views' },
    secrets: { 'Channels:ops:Token': secret },
    extraEnv: [{ name: `RX_ALERTING__${name}`, value: '/somewhere' }],
  }, `extraEnv: RX_ALERTING__${name} ${why}`);
}
refused('the kind of the store in a Secret', { secrets: { 'Store:Kind': secret } },
  'secrets: Store:Kind cannot be a secret, as the chart has to know it: put it into settings');
for (const name of ['ops team', 'ops_team', 'Console']) {
  const key = `Channels:${name}:Kind`;
  refused(`a channel with the name ${name}`, { settings: { [key]: 'slack' } },
    ...name.includes(' ') ? [`settings: ${key} cannot be a variable: it may have letters, digits and . _ - only`] : [],
    `settings: ${key} has no name for a channel: letters, digits and dashes, at most 64, and neither board nor console`);
}
for (const host of ['127.0.0.1', '127.1.2.3', '[::1]', '[0:0:0:0:0:0:0:1]']) {
  refused(`the address ${host}`, { listenHost: host },
    `listenHost: ${host} is loopback: neither probes nor Services nor Prometheus would reach the pod`);
}
for (const host of ['...', '1.2', '999.0.0.1', '[fe80]']) {
  test(`refused: ${host}, which is no address`, async () => {
    assert.match((await faults({ listenHost: host })).join(), /at '\/listenHost': '.*' does not match pattern/);
  });
}
for (const host of ['0.0.0.0', '10.1.2.3', '[::]', '[fd00::1]', '[2001:db8:1:2:3:4:5:6]'])
  allowed(`the address ${host}`, { listenHost: host });
for (const name of ['a.b', '1a', 'A']) {
  test(`refused: the name ${name}, which no Service may have`, async () => {
    assert.match((await faults({ fullnameOverride: name })).join(), /at '\/fullnameOverride': '.*' does not match pattern/);
  });
}
allowed('options that the host reads by itself',
  { settings: { Logging: { LogLevel: { 'Microsoft.AspNetCore': 'Debug' } }, AllowedHosts: '*' } });
allowed('an option of another release', { extraEnv: [{ name: 'RX_ALERTING__Kafka__New', value: '1' }] });

for (const [name, ...args] of [
  ['--set', '--set', 'Channels:ops:Token=xoxb-1'],
  ['--set', '--set=Kafka:Partitioning=any'],
  ['--metrics', '--metrics:127.0.0.1:9464'],
  ['--listen', '--listen', '127.0.0.1:8080'],
  ['--urls', '--urls', 'http://127.0.0.1:8080'],
  ['--store', '--store', 'redis'],
  ['--source', '--source', 'kafka'],
  ['--follow', '--follow', '/logs'],
  ['--config', '--config', 'other.json'],
  ['@', '@arguments'],
]) {
  refused(`the arguments ${args.join(' ')}`, { extraArgs: args },
    `extraArgs: ${name} cannot be given: put the option into settings or secrets, where it is checked`);
}
allowed('arguments for simulated traffic', { extraArgs: ['--speed', '60', '--seed=7'] });

for (const [key, value] of [
  ['Channels:ops:Token', 'xoxb-1'],
  ['Channels:ops:Url', 'https://hooks.slack.com/services/T0/B0/x'],
  ['Channels:ops:RoutingKey', 'x'],
  ['Channels:ops:SigningKey', 'x'],
  ['Channels:ops:Headers', 'Authorization: Bearer x'],
  ['Channels:ops:Password', 'x'],
  ['Channels:ops:Urls', 'https://user:password@alertmanager:9093'],
  ['Dumps:SecretAccessKey', 'x'],
  ['RabbitMq:Uri', 'amqp://rx:password@rabbitmq'],
  ['Kafka:Settings', 'sasl.username=rx,sasl.password=x'],
  ['Kestrel:Certificates:Default:Password', 'x'],
  ['Redis:Configuration', 'redis:6379,password=x'],
]) {
  const where = `holds a secret: put it into a Secret, and refer to it in secrets: ${key}: { name: …, key: … }`;
  refused(`${key} in plain settings`, { settings: { [key]: value } }, `settings: ${key} ${where}`);
}

refused('a secret in a plain variable', { extraEnv: [{ name: 'RX_ALERTING__Channels__ops__Token', value: 'xoxb-1' }] },
  'extraEnv: RX_ALERTING__Channels__ops__Token holds a secret: '
  + 'put it into a Secret, and refer to it in secrets: Channels:ops:Token: { name: …, key: … }');
allowed('addresses without passwords', {
  settings: {
    Channels: {
      am: { Kind: 'alertmanager', Urls: 'http://alertmanager:9093' },
      duty: { Kind: 'pagerduty', Url: 'https://events.eu.pagerduty.com/v2/enqueue' },
    },
    RabbitMq: { Uri: 'amqp://rabbitmq' },
    Kafka: { Settings: 'security.protocol=SSL,ssl.ca.location=/etc/rx-alerting/files/ca.pem' },
  },
});

refused('by-property without Kafka', { settings: { 'Kafka:Partitioning': 'by-property' } },
  'settings: Kafka:Partitioning=by-property needs Source:Kind=kafka, and the source is simulation');
refused('two pods that both read all partitions', { settings: { ...kafka, ...redis }, replicaCount: 2 },
  'replicaCount: 2 pods need Kafka:Partitioning=by-property; without, one process reads all partitions');
refused('two pods with one SQLite file', { settings: { ...kafka, 'Kafka:Partitioning': 'by-property' }, replicaCount: 2 },
  "replicaCount: more than one pod needs Store:Kind=redis; SQLite's file belongs to one pod");
refused('pods that roll and both read all partitions', { settings: { ...kafka, ...redis }, strategy: 'RollingUpdate' },
  'strategy: RollingUpdate needs Kafka:Partitioning=by-property; without, two pods would take the partitions from each other');
refused('a strategy for SQLite', { strategy: 'Recreate' },
  'strategy: has no effect with SQLite, whose pod is always replaced after it has gone');
refused('Kafka without brokers, Redis without an address', { settings: { 'Source:Kind': 'kafka', 'Store:Kind': 'redis' } },
  'settings: Kafka:BootstrapServers is missing', 'settings: Redis:Configuration is missing');
for (const [where, values] of [
  ['a Secret', { settings: { 'Store:Kind': 'redis' }, secrets: { 'Redis:Configuration': secret } }],
  ['a file of yours', { settings: { 'Store:Kind': 'redis', 'Redis:ConfigurationFile': '/mnt/vault/redis' } }],
  ['a variable', {
    settings: { 'Store:Kind': 'redis' },
    extraEnv: [{ name: 'RX_ALERTING__Redis__Configuration', valueFrom: { secretKeyRef: secret } }],
  }],
]) {
  allowed(`Redis, whose address is in ${where}`, values);
}
refused('files without paths', { settings: { 'Source:Kind': 'follow' } }, 'settings: Follow:Paths is missing');
refused('SQLite outside of its volume', { settings: { 'Sqlite:Path': '/tmp/rx-alerting.db' } },
  'settings: Sqlite:Path is /tmp/rx-alerting.db, must be in /data, where the volume is');
refused('SQLite outside of its volume, by another way', { settings: { 'Sqlite:Path': '/data/../tmp/x.db' } },
  'settings: Sqlite:Path is /data/../tmp/x.db, must be in /data, where the volume is');
refused('SQLite in a folder', { settings: { 'Sqlite:Path': '/data/state/' } }, 'settings: Sqlite:Path is /data/state/, must be a file');
refused('a bound of lag for simulated traffic', { settings: { 'Health:MaximumLag': '5m' } }, 'settings: Health:MaximumLag needs '
  + 'another Source:Kind: event time of simulated traffic is long ago, so no pod would be ready');
allowed('a bound of lag for Kafka', { settings: { ...kafka, 'Health:MaximumLag': '5m' } });
allowed('no bound of lag', { settings: { 'Health:MaximumLag': '0s' } });
refused('a claim for Redis', { settings: { ...kafka, ...redis }, persistence: { existingClaim: 'mine' } },
  'persistence: existingClaim has no effect with Store:Kind=redis');
refused('a claim without persistence', { persistence: { enabled: false, existingClaim: 'mine' } },
  'persistence: existingClaim needs enabled');
refused('a pod that is killed before its last commit',
  { terminationGracePeriodSeconds: 20, settings: { 'Checkpoints:StopTimeout': '30s' } },
  'terminationGracePeriodSeconds: must be at least 35, 5 more than Checkpoints:StopTimeout=30s, for the last commit');
refused('a time to stop that the chart cannot read', { settings: { 'Checkpoints:StopTimeout': '60 s' } },
  'settings: Checkpoints:StopTimeout is 60 s, must be a span of time such as 20s or 00:00:20, without a space');
refused('two budgets', { settings: byProperty, podDisruptionBudget: { maxUnavailable: 1, minAvailable: 1 } },
  'podDisruptionBudget: give maxUnavailable or minAvailable, not both');
refused('a budget that blocks every drain', { podDisruptionBudget: { minAvailable: 1 } },
  'podDisruptionBudget: minAvailable would block every drain of a node, as there is one pod only');

refused('autoscaling of one process', { autoscaling: { enabled: true, partitions: 8 }, settings: { ...kafka, ...redis } },
  'autoscaling: needs Kafka:Partitioning=by-property; without, one process reads all partitions');
refused('autoscaling without the number of partitions', { autoscaling: { enabled: true }, settings: byProperty },
  'autoscaling: partitions is missing: how many the topic has');
refused('more pods than partitions', { autoscaling: { enabled: true, partitions: 8, maxReplicas: 9 }, settings: byProperty },
  'autoscaling: maxReplicas is 9, must be at most 8, the partitions of the topic');
refused('a minimum above the maximum', { autoscaling: { enabled: true, partitions: 8, minReplicas: 9 }, settings: byProperty },
  'autoscaling: minReplicas is 9, must be at most 8');
refused('no pod at all', { autoscaling: { enabled: true, partitions: 8, minReplicas: 0 }, settings: byProperty },
  "at '/autoscaling/minReplicas': minimum: got 0, want 1");
refused('autoscaling that cannot reach the brokers',
  { autoscaling: { enabled: true, partitions: 8 }, settings: byProperty, secrets: { 'Kafka:Settings': secret } },
  'autoscaling: authenticationRef is missing: KEDA does not read Kafka:Settings, and needs a TriggerAuthentication for the brokers');

for (const [where, values] of [
  ['a file of yours', { settings: { ...byProperty, 'Kafka:SettingsFile': '/mnt/vault/kafka' } }],
  ['a variable', { settings: byProperty, extraEnv: [{ name: 'RX_ALERTING__Kafka__Settings', valueFrom: { secretKeyRef: secret } }] }],
]) {
  refused(`autoscaling that cannot reach the brokers, whose settings are in ${where}`,
    { autoscaling: { enabled: true, partitions: 8 }, ...values },
    'autoscaling: authenticationRef is missing: KEDA does not read Kafka:Settings, and needs a TriggerAuthentication for the brokers');
}
const { 'Kafka:BootstrapServers': _, ...hiddenBrokers } = byProperty;
refused('autoscaling by brokers that only the pods are told',
  { autoscaling: { enabled: true, partitions: 8 }, settings: hiddenBrokers, secrets: { 'Kafka:BootstrapServers': secret } },
  'autoscaling: KEDA needs the brokers openly: give Kafka:BootstrapServers in settings, or bootstrapServers in triggerMetadata');

refused('a LoadBalancer for everybody', { service: { type: 'LoadBalancer' } },
  'service: a LoadBalancer needs loadBalancerSourceRanges: tokens are the second guard, not the only one');
refused('ranges without a LoadBalancer', { service: { loadBalancerSourceRanges: ['10.0.0.0/8'] } },
  'service: loadBalancerSourceRanges has no effect with type ClusterIP');
refused('metrics at the port of the API', { metrics: { port: 8080 } }, "metrics: port 8080 is the API's");
refused('an Ingress without accounts and host', { ingress: { enabled: true } },
  'ingress: authentication is missing: say what asks for accounts before the API, or "none" where its tokens are enough',
  'ingress: host is missing');
for (const path of ['/', '/api', '/api/v1', '/api/v1/control', '/health/ready', '/metrics']) {
  refused(`an Ingress for ${path}`, { ingress: { enabled: true, authentication: 'none', host: 'a.example.com', paths: [path] } },
    `ingress: path ${path} would pass on commands, health or metrics; give narrower paths, such as /api/v1/incidents`);
}

refused('scrapes that outlast their interval', { serviceMonitor: { enabled: true, interval: '5s' } },
  'serviceMonitor: scrapeTimeout must not be longer than interval');
refused('scrapes that are too rare for the rules', { serviceMonitor: { enabled: true, interval: '3m' } },
  'serviceMonitor: interval must be at most 2m: alerts look at five minutes, and see nothing where these have one value');
allowed('a scrape every two minutes', { serviceMonitor: { enabled: true, interval: '2m' } });
for (const section of ['serviceMonitor', 'prometheusRule']) {
  const watched = { [section]: { enabled: true } };
  refused(`${section} where Prometheus is not let in`, { ...watched, networkPolicy: { enabled: true } }, 'networkPolicy: '
    + 'metricsFrom is missing: say where Prometheus is; with [{podSelector: {}}], anywhere in the namespace of the release');
  allowed(`${section} where Prometheus is in the namespace`,
    { ...watched, networkPolicy: { enabled: true, metricsFrom: [{ podSelector: {} }] } });
}
refused('alerts that do not exist',
  { prometheusRule: { disabled: ['RxAlertingNone'], overrides: { RxAlertingNothing: { for: '1m' } } } },
  'prometheusRule: there is no alert RxAlertingNone', 'prometheusRule: there is no alert RxAlertingNothing');
