namespace Rx.Alerting.Service.Stores;

/// <summary>Where checkpoints are kept.</summary>
internal enum StoreKind
{
    /// <summary>In a file of this machine.</summary>
    Sqlite,

    /// <summary>In Redis.</summary>
    Redis,
}
