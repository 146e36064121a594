using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Stores;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>What forms and logins need of every store.</summary>
public abstract class ProtectionKeysContract : IAsyncLifetime
{
    private protected abstract Settings Settings { get; }

    /// <summary>The service makes its store before anybody sees a page.</summary>
    public async ValueTask InitializeAsync()
    {
        await using var board = Boards.Open(Settings, BoardKind.Incidents);
        await board.ReadAsync(null, TestContext.Current.CancellationToken);
    }

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

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

public sealed class SqliteProtectionKeysTests : ProtectionKeysContract
{
    private readonly TemporaryFolder folder = new();

    private protected override Settings Settings => new() { Sqlite = new() { Path = folder["state.db"] } };

    public override ValueTask DisposeAsync()
    {
        folder.Dispose();
        return base.DisposeAsync();
    }

    /// <summary>A new and empty file would be taken for a store that has lost everything.</summary>
    [Fact]
    public async Task Protect_WhileTheStoreIsAway_FailsAndMakesNoneUntilTheStoreIsBack()
    {
        File.Move(folder["state.db"], folder["away.db"]);
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var process = Process(clock);
        var keys = process.GetRequiredService<ProtectionKeys>();

        Assert.ThrowsAny<Exception>(() => Protector(process).Protect("too early"));
        Assert.NotNull(keys.Problem);
        Assert.False(File.Exists(folder["state.db"]));
        File.Move(folder["away.db"], folder["state.db"]);
        clock.Advance(ProtectionKeys.Pause);
        var protector = Protector(process);

        Assert.Equal("in time", protector.Unprotect(protector.Protect("in time")));
        Assert.Null(keys.Problem);
    }
}

public sealed class RedisProtectionKeysTests : ProtectionKeysContract
{
    private readonly RedisServer server = RedisServers.Start();

    private protected override Settings Settings =>
        new() { Store = new() { Kind = StoreKind.Redis }, Redis = new() { Configuration = server.Endpoint } };

    public override ValueTask DisposeAsync()
    {
        server.Dispose();
        return base.DisposeAsync();
    }
}
