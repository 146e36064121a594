using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Benchmarks.Stores;

/// <summary>A temporary place for checkpoints: a Redis server, or a SQLite file.</summary>
internal sealed class StoreServer : IDisposable
{
    private readonly RedisServer? redis;
    private readonly string? folder;

    /// <param name="kind"><c>redis</c> or <c>sqlite</c>.</param>
    /// <exception cref="ChildFailedException">There is no redis-server.</exception>
    public StoreServer(string kind)
    {
        if (kind == "redis")
        {
            // The usual setting: the server may lose a second with the power.
            redis = RedisServer.TryStart(fsyncAlways: false) ?? throw new ChildFailedException(
                "There is no redis-server; install the package redis-server, or leave redis out of --stores.");
            Address = "redis:" + redis.Endpoint;
        }
        else
        {
            folder = Directory.CreateTempSubdirectory("rx-alerting-benchmarks-").FullName;
            Address = "sqlite:" + Path.Combine(folder, "state.db");
        }
    }

    /// <summary>The address for <see cref="StoreAddress.Open"/> in another process.</summary>
    public string Address { get; }

    /// <summary>Fills the store by <see cref="StoreFill"/> in another process.</summary>
    public void Fill(Arguments arguments)
    {
        Console.Error.WriteLine($"  filling {Address[..Address.IndexOf(':', StringComparison.Ordinal)]} with {arguments["titles"]} titles");
        ChildProcess.Run(
            [
                .. ChildProcess.Own("store-fill"), "--store", Address, "--titles", arguments["titles"], "--properties",
                arguments["properties"], "--views", arguments["views"],
            ],
            pinned: false);
    }

    public void Dispose()
    {
        redis?.Dispose();
        if (folder is not null)
            Directory.Delete(folder, recursive: true);
    }
}
