namespace Rx.Alerting.Service.Sources;

/// <summary>Where views come from.</summary>
internal enum SourceKind
{
    /// <summary>Simulated traffic in which things break.</summary>
    Simulation,

    /// <summary>Files that grow.</summary>
    Follow,

    /// <summary>A topic of Kafka.</summary>
    Kafka,

    /// <summary>A stream of Amazon Kinesis.</summary>
    Kinesis,
}
