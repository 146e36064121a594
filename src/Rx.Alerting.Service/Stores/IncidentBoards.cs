using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Stores;

/// <summary>Opens the board, which is in the store of the checkpoints. It is not asked anything before its first call.</summary>
internal static class IncidentBoards
{
    public static IIncidentBoard Open(Settings settings) => settings.Store.Kind switch
    {
        StoreKind.Redis => new RedisIncidentBoard(settings.Redis),
        _ => new SqliteIncidentBoard(settings.Sqlite),
    };
}
