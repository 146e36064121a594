using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Stores;

/// <summary>Opens the store that the settings name; it is not asked anything before its first call.</summary>
internal static class CheckpointStores
{
    public static ICheckpointStore Open(Settings settings, TimeProvider? clock = null) => settings.Store.Kind switch
    {
        StoreKind.Redis => new RedisCheckpointStore(settings.Redis, clock),
        _ => new SqliteCheckpointStore(settings.Sqlite),
    };
}
