using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>Names a store on a command line: <c>redis:HOST:PORT</c> or <c>sqlite:PATH</c>.</summary>
internal static class StoreAddress
{
    public static ICheckpointStore Open(string address)
    {
        var colon = address.IndexOf(':', StringComparison.Ordinal);
        var (kind, rest) = (address[..colon], address[(colon + 1)..]);
        return kind switch
        {
            "redis" => new RedisCheckpointStore(new RedisOptions { Configuration = rest }),
            "sqlite" => new SqliteCheckpointStore(new SqliteOptions { Path = rest }),
            _ => throw new FormatException($"{address} is no store."),
        };
    }
}
