namespace Rx.Alerting.Connectors.Kafka.Membership;

/// <summary>A partition that is assigned to this process, and the pipeline that runs on it.</summary>
/// <param name="Name">The partition's name.</param>
/// <param name="Source">Reads the partition.</param>
/// <param name="Revoked">Cancelled when the partition is to be given up.</param>
/// <param name="Running">Ends when the pipeline has committed.</param>
internal sealed record AssignedPartition(string Name, KafkaViewSource Source, CancellationTokenSource Revoked, Task Running);
