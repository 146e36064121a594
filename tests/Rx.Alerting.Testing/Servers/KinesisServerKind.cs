namespace Rx.Alerting.Testing.Servers;

/// <summary>Which local server.</summary>
public enum KinesisServerKind
{
    /// <summary>The npm package <c>kinesalite</c>: fast.</summary>
    Kinesalite,

    /// <summary>The npm package <c>kinesis-local</c>: more complete, and slower. Names the children of a shard that ends.</summary>
    KinesisLocal,
}
