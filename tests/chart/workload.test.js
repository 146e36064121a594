// Which workload fits which source and store.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { manifests, one, optionsOf, podOf } from './helm.js';
import { byProperty, kafka, redis } from './values.js';

test('without values: simulated traffic, one pod that keeps its SQLite file', async () => {
  const all = await manifests();
  const { spec } = one(all, 'StatefulSet');
  assert.equal(spec.replicas, 1);
  assert.equal(spec.volumeClaimTemplates[0].spec.resources.requests.storage, '10Gi');
  assert.deepEqual(spec.persistentVolumeClaimRetentionPolicy, { whenDeleted: 'Retain', whenScaled: 'Retain' });
  assert.equal(optionsOf(all)['Sqlite:Path'], '/data/rx-alerting.db');
  assert.equal(one(all, 'Deployment'), undefined);
});

test('an existing claim is taken in place of a new one', async () => {
  const all = await manifests({ persistence: { existingClaim: 'mine' } });
  assert.equal(one(all, 'StatefulSet').spec.volumeClaimTemplates, undefined);
  assert.deepEqual(volume(all, 'data').persistentVolumeClaim, { claimName: 'mine' });
});

test('without persistence, the state is in an emptyDir', async () => {
  const all = await manifests({ persistence: { enabled: false } });
  assert.equal(one(all, 'StatefulSet').spec.volumeClaimTemplates, undefined);
  assert.deepEqual(volume(all, 'data').emptyDir, {});
});

test('one process for all partitions with Redis: the next pod starts when the last one has gone', async () => {
  const all = await manifests({ settings: { ...kafka, ...redis } });
  const { spec } = one(all, 'Deployment');
  assert.equal(spec.replicas, 1);
  assert.deepEqual(spec.strategy, { type: 'Recreate' });
  assert.equal(spec.template.spec.topologySpreadConstraints, undefined);
  assert.equal(one(all, 'PodDisruptionBudget'), undefined);
});

test('by property: pods roll, are spread, and are drained one by one', async () => {
  const all = await manifests({ settings: byProperty, replicaCount: 3 });
  const { spec } = one(all, 'Deployment');
  assert.equal(spec.replicas, 3);
  assert.deepEqual(spec.strategy, { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } });
  const spread = spec.template.spec.topologySpreadConstraints;
  assert.deepEqual(spread.map(each => each.topologyKey), ['topology.kubernetes.io/zone', 'kubernetes.io/hostname']);
  assert.deepEqual(spread[0].labelSelector, spec.selector);
  assert.equal(one(all, 'PodDisruptionBudget').spec.maxUnavailable, 1);
});

test('by property, for an upgrade to another release: all pods go first', async () => {
  const all = await manifests({ settings: byProperty, replicaCount: 3, strategy: 'Recreate' });
  assert.deepEqual(one(all, 'Deployment').spec.strategy, { type: 'Recreate' });
});

test('a budget may say how many pods must stay', async () => {
  const all = await manifests({ settings: byProperty, replicaCount: 3, podDisruptionBudget: { minAvailable: 0 } });
  const { spec } = one(all, 'PodDisruptionBudget');
  assert.equal(spec.minAvailable, 0);
  assert.equal(spec.maxUnavailable, undefined);
});

test('a budget may say that no pod is drained', async () => {
  const all = await manifests({ settings: byProperty, replicaCount: 3, podDisruptionBudget: { maxUnavailable: 0 } });
  assert.equal(one(all, 'PodDisruptionBudget').spec.maxUnavailable, 0);
});

test('autoscaling: pods by the lag of the group, from one to the number of partitions', async () => {
  const all = await manifests({ settings: { ...byProperty, 'Kafka:GroupId': 'mine' }, autoscaling: { enabled: true, partitions: 24 } });
  const { spec } = one(all, 'ScaledObject');
  assert.deepEqual([spec.minReplicaCount, spec.maxReplicaCount], [1, 24]);
  assert.equal(spec.scaleTargetRef.name, one(all, 'Deployment').metadata.name);
  assert.equal(one(all, 'Deployment').spec.replicas, undefined, 'KEDA sets the replicas');
  const { metadata } = spec.triggers[0];
  assert.deepEqual([metadata.bootstrapServers, metadata.topic, metadata.consumerGroup], ['kafka:9092', 'views', 'mine']);
  assert.equal(metadata.lagThreshold, '100000');
});

test('commands by RabbitMQ: one process keeps its queue, pods that come and go leave none behind', async () => {
  for (const broker of [
    { secrets: { 'RabbitMq:Uri': { name: 'rabbitmq', key: 'uri' } } },
    { settings: { 'RabbitMq:UriFile': '/mnt/vault/uri' } },
    { extraEnv: [{ name: 'RX_ALERTING__RabbitMq__Uri', valueFrom: { secretKeyRef: { name: 'rabbitmq', key: 'uri' } } }] },
    { extraEnvFrom: [{ secretRef: { name: 'rabbitmq' } }] },
  ]) {
    const by = settings => manifests({ ...broker, settings: { ...settings, ...broker.settings } });
    const single = optionsOf(await by({ ...kafka, ...redis }));
    assert.equal(single['RabbitMq:Queue'], 'rx-alerting.control.demo-rx-alerting');
    const shared = optionsOf(await by(byProperty));
    assert.equal(shared['RabbitMq:Queue'], undefined);
    assert.equal(shared['RabbitMq:QueueExpiry'], '1h');
    const given = optionsOf(await by({ ...byProperty, RabbitMq: { QueueExpiry: '2h' } }));
    assert.equal(given['RabbitMq:QueueExpiry'], '2h');
  }
});

test('the pod may take as long to stop as the last commit, and longer', async () => {
  for (const [stop, seconds] of [[undefined, 30], ['250ms', 26], ['20s', 45], ['1.5m', 115], ['00:02:00', 145]]) {
    const settings = stop ? { Checkpoints: { StopTimeout: stop } } : {};
    const { spec } = podOf(await manifests({ settings }));
    assert.equal(spec.terminationGracePeriodSeconds, seconds, `StopTimeout ${stop}`);
  }
});

test('a change of a setting or of a file replaces the pods', async () => {
  const sums = [];
  for (const values of [{}, { settings: { 'Detection:MinimumErrors': 7 } }, { files: { 'a.json': '{}' } }, { files: { 'a.json': '[]' } }]) {
    sums.push(one(await manifests(values), 'StatefulSet').spec.template.metadata.annotations['checksum/config']);
  }
  assert.equal(new Set(sums).size, 4);
});

test('a change of what the pods do not read does not replace them', async () => {
  const pods = [];
  for (const values of [{}, { dashboard: { enabled: true } }, { service: { port: 80 } }])
    pods.push(one(await manifests(values), 'StatefulSet').spec.template);
  assert.deepEqual(pods[1], pods[0]);
  assert.deepEqual(pods[2], pods[0]);
});

const volume = (all, name) => podOf(all).spec.volumes.find(each => each.name === name);
