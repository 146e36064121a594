using Rx.Alerting.Connectors.Redis;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Service.Tests.Checkpoints;

/// <summary>A store of one test, and the arguments that name the store on the command line.</summary>
internal sealed record NamedStore(string[] Arguments, Func<ICheckpointStore> Open, string Prefix = "")
{
    public static NamedStore Of(string kind, TemporaryFolder folder, RedisFixture redis)
    {
        if (kind == "sqlite")
            return new(["--set", $"Sqlite:Path={folder["checkpoints.db"]}"], () =>
                new SqliteCheckpointStore(new() { Path = folder["checkpoints.db"] }));
        var options = new RedisOptions { Configuration = redis.Endpoint, KeyPrefix = $"test-{Guid.NewGuid():n}" };
        return new(
            ["--store", "redis", "--set", $"Redis:Configuration={options.Configuration}", "--set", $"Redis:KeyPrefix={options.KeyPrefix}"],
            () => new RedisCheckpointStore(options),
            options.KeyPrefix);
    }
}
