using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Stores;

/// <summary>Opens a board, which is in the store of the checkpoints. The board is not asked anything before its first call.</summary>
internal static class Boards
{
    /// <param name="settings">Valid.</param>
    /// <param name="kind">Which board.</param>
    /// <param name="mayMake">
    /// Whether the first call may make a store that is not there. Not for what is asked while pipelines run: they would take an empty store
    /// for theirs that has lost everything.
    /// </param>
    public static IBoard Open(Settings settings, BoardKind kind, bool mayMake = true) => settings.Store.Kind switch
    {
        StoreKind.Redis => new RedisBoard(settings.Redis, kind),
        _ => new SqliteBoard(settings.Sqlite, kind, mayMake),
    };
}
