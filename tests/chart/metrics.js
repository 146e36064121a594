// The names of all metrics, as docs/metrics.md lists them: in the first column of its tables, between back-ticks.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from './helm.js';

const document = join(repository, 'docs/metrics.md');

/** Of the process and the runtime, as prometheus-net makes them. */
const runtime = `process_start_time_seconds process_cpu_seconds_total process_virtual_memory_bytes process_working_set_bytes
  process_private_memory_bytes process_open_handles process_num_threads
  dotnet_total_memory_bytes dotnet_collection_count_total`.split(/\s+/);

// Until the document is there.
const agreed = `views_total views_failed_total views_late_total views_ahead_total views_dropped_total records_rejected_total
  errors_of_other_type_total hash_collisions_total properties_evicted_total error_types_evicted_total
  partition_position partition_lag_records partition_lag_bytes partition_lag_seconds
  partition_watermark_timestamp_seconds partition_idle partition_paused
  watermark_timestamp_seconds watermark_delay_seconds pipeline_paused
  kafka_skipped_records_total kafka_gaps_total kafka_recreated_partitions_total
  kinesis_reads_total kinesis_records_total kinesis_read_bytes_total kinesis_throttled_total kinesis_retries_total
  kinesis_expired_iterators_total kinesis_gaps_total kinesis_misplaced_records_total
  follow_rotations_total follow_truncations_total follow_gaps_total follow_unreadable_files_total
  panes properties titles state_bytes anomalies_total incidents_open
  incidents_opened_total incidents_reopened_total incidents_closed_total incidents_expired_total
  property_error_ratio property_baseline_ratio property_threshold_ratio other_properties_error_ratio
  checkpoint_commits_total checkpoint_entries_total checkpoint_bytes_total checkpoint_retries_total checkpoint_rollbacks_total
  ownerships_lost_total checkpoint_duration_seconds checkpoint_pause_seconds checkpoint_timestamp_seconds
  outbox_effects channel_behind_effects channel_effects_total channel_failures_total channel_dropped_effects_total
  notifications_total notifications_not_sent_total notification_duration_seconds incident_latency_seconds delivery_latency_seconds
  control_commands_total control_dead_letters_total ready build_info`.split(/\s+/);

function listed() {
  if (!existsSync(document)) return agreed;
  return readFileSync(document, 'utf8').split('\n').filter(line => line.startsWith('| ')).map(line => line.split('|')[1])
    .flatMap(cell => [...cell.matchAll(/`([a-z][a-z0-9_]+)/g)].map(([, name]) => name));
}

/** All names, with their prefix. */
export const metrics = new Set([
  ...runtime,
  ...listed().map(name => /^(rx_alerting|process|dotnet)_/.test(name) ? name : `rx_alerting_${name}`),
]);
