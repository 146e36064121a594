using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Stores;

/// <summary>Opens a board, which is in the store of the checkpoints. The board is not asked anything before its first call.</summary>
internal static class Boards
{
    public static IBoard Open(Settings settings, BoardKind kind) => settings.Store.Kind switch
    {
        StoreKind.Redis => new RedisBoard(settings.Redis, kind),
        _ => new SqliteBoard(settings.Sqlite, kind),
    };
}
