using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Stores;

/// <summary>Opens the store that the settings name; it is not asked anything before its first call.</summary>
internal static class CheckpointStores
{
    private static readonly TimeSpan ReaderTimeout = TimeSpan.FromSeconds(30);

    public static ICheckpointStore Open(Settings settings, TimeProvider? clock = null) => settings.Store.Kind switch
    {
        StoreKind.Redis => new RedisCheckpointStore(settings.Redis, clock),
        _ => new SqliteCheckpointStore(settings.Sqlite),
    };

    /// <summary>
    /// Opens the store once more, to read it while commits are written. A call may wait for a large commit, so it is waited for longer.
    /// </summary>
    public static ICheckpointStore OpenReader(Settings settings, TimeProvider clock)
    {
        var patient = settings.Redis.Timeout > ReaderTimeout ? settings.Redis.Timeout : ReaderTimeout;
        return Open(settings with { Redis = settings.Redis with { Timeout = patient } }, clock);
    }
}
