using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Notifications;

/// <summary>The service with channels, and a receiver that answers them as the test says.</summary>
internal sealed class TellingService : IAsyncDisposable
{
    private volatile int status;

    private TellingService(int status)
    {
        this.status = status;
        Receiver = new(_ => new ScriptedAnswer(this.status));
    }

    public ScriptedHttpServer Receiver { get; }

    public RunningService Service { get; private set; } = null!;

    /// <summary>With what the receiver answers.</summary>
    public int Status
    {
        set => status = value;
    }

    /// <summary>Starts the service with the channel <c>hook</c>.</summary>
    /// <param name="status">With what the receiver answers at first.</param>
    /// <param name="others">Further settings. <c>{receiver}</c> is the address of the receiver.</param>
    public static Task<TellingService> StartAsync(int status, params (string Key, string Value)[] others) =>
        StartAsync(status, null, others);

    /// <inheritdoc cref="StartAsync(int, ValueTuple{string, string}[])"/>
    public static Task<TellingService> StartAsync(int status, TimeProvider? clock, params (string Key, string Value)[] others) =>
        StartAsync(status, ScriptedSource.Silent, clock, others);

    /// <inheritdoc cref="StartAsync(int, ValueTuple{string, string}[])"/>
    public static async Task<TellingService> StartAsync(
        int status, IViewSource source, TimeProvider? clock = null, params (string Key, string Value)[] others)
    {
        var (started, folder, loader) = (new TellingService(status), new TemporaryFolder(), new SettingsLoader());
        (string Key, string Value)[] values =
        [
            ("Sqlite:Path", folder["state.db"]),
            ("Notifications:MaximumAge", "3650d"),
            ("Channels:hook:Kind", "webhook"),
            ("Channels:hook:Url", "{receiver}"),
            .. others,
        ];
        var address = started.Receiver.Address.ToString();
        loader.Add(values.Select(one => (one.Key, one.Value.Replace("{receiver}", address, StringComparison.Ordinal), "a test")));
        started.Service = await RunningService.StartAsync(source, folder, loader.Build(), clock);
        return started;
    }

    public async ValueTask DisposeAsync()
    {
        await Service.DisposeAsync();
        Receiver.Dispose();
    }
}
