using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>What forms and logins need of every store.</summary>
public abstract class ProtectionKeysContract
{
    private protected abstract Settings Settings { get; }

    [Fact]
    public async Task Protect_InThreeProcessesThatStartAtOnce_MakesOneKeyThatAllOfThemRead()
    {
        await using var first = Process();
        await using var second = Process();
        await using var third = Process();
        ServiceProvider[] processes = [first, second, third];
        using var start = new Barrier(processes.Length);

        var texts = await Task.WhenAll(processes.Select((process, number) => Task.Factory.StartNew(
            () =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                return Protector(process).Protect($"of {number}");
            },
            TestContext.Current.CancellationToken,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));

        Assert.Single(first.GetRequiredService<ProtectionKeys>().GetAllElements());
        foreach (var process in processes)
            Assert.Equal(["of 0", "of 1", "of 2"], texts.Select(Protector(process).Unprotect));
    }

    [Fact]
    public async Task Unprotect_AfterARestart_ReadsWhatWasProtectedBefore()
    {
        string text;
        await using (var before = Process())
            text = Protector(before).Protect("of before");

        await using var after = Process();

        Assert.Equal("of before", Protector(after).Unprotect(text));
    }

    private protected static IDataProtector Protector(ServiceProvider process) =>
        process.GetRequiredService<IDataProtectionProvider>().CreateProtector("a test");

    private protected ServiceProvider Process(TimeProvider? clock = null) => new ServiceCollection()
        .AddLogging()
        .AddSingleton(clock ?? TimeProvider.System)
        .AddProtection(Settings)
        .BuildServiceProvider();
}

public sealed class SqliteProtectionKeysTests : ProtectionKeysContract, IDisposable
{
    private readonly TemporaryFolder folder = new();

    private protected override Settings Settings => new() { Sqlite = new() { Path = folder["state.db"] } };

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Protect_WhileTheStoreIsAway_FailsAndWorksWhenTheStoreIsBack()
    {
        Directory.CreateDirectory(folder["state.db"]); // No file can be opened there.
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var process = Process(clock);
        var keys = process.GetRequiredService<ProtectionKeys>();

        Assert.ThrowsAny<Exception>(() => Protector(process).Protect("too early"));
        Assert.NotNull(keys.Problem);
        Directory.Delete(folder["state.db"]);
        clock.Advance(ProtectionKeys.Pause);
        var protector = Protector(process);

        Assert.Equal("in time", protector.Unprotect(protector.Protect("in time")));
        Assert.Null(keys.Problem);
    }
}

public sealed class RedisProtectionKeysTests : ProtectionKeysContract, IDisposable
{
    private readonly RedisServer server = RedisServers.Start();

    private protected override Settings Settings =>
        new() { Store = new() { Kind = StoreKind.Redis }, Redis = new() { Configuration = server.Endpoint } };

    public void Dispose() => server.Dispose();
}
