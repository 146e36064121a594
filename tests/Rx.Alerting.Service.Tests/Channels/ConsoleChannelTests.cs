using System.Text;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Channels;

public sealed class ConsoleChannelTests
{
    private readonly FakeLogger<ConsoleChannel> log = new();

    [Fact]
    public async Task Deliver_Changes_PrintsALineForEach()
    {
        var output = new StringWriter();
        var taken = await DeliverAsync(Channel(output));

        Assert.Equal(2, taken);
        Assert.Collection(
            output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries),
            line => Assert.Contains("opened", line, StringComparison.Ordinal),
            line => Assert.Contains("closed", line, StringComparison.Ordinal));
    }

    /// <summary>Nobody is to be told less because a terminal was closed.</summary>
    [Fact]
    public async Task Deliver_TerminalIsGone_TakesAndForgetsAndSaysSoOnce()
    {
        var channel = Channel(new ClosedTerminal());

        Assert.Equal(2, await DeliverAsync(channel));
        Assert.Equal(2, await DeliverAsync(channel));

        Assert.Equal(
            "Incidents are no longer printed: Broken pipe. They can still be read over HTTP",
            Assert.Single(log.Collector.GetSnapshot()).Message);
    }

    /// <summary>A terminal that is paused must not hold the thread of the courier.</summary>
    [Fact]
    public async Task Deliver_TerminalIsPaused_WaitsAndTellsHowFarItCameWhenGivenUp()
    {
        using var terminal = new PausedTerminal();
        using var cancel = new CancellationTokenSource();
        var channel = Channel(terminal);
        Effect[] effects =
            [.. Enumerable.Range(1, 3).Select(i => new ChangeEffect(i, IncidentSamples.Change(IncidentSamples.Sample($"{i}"))))];

        var delivery = channel.DeliverAsync("test/script", effects, cancel.Token);
        await terminal.Reached;
        Assert.False(delivery.IsCompleted);
        await cancel.CancelAsync();
        terminal.Resume();

        Assert.Equal(1, await delivery);
    }

    private static Task<int> DeliverAsync(ConsoleChannel channel) => channel.DeliverAsync(
        "test/script",
        [
            new ChangeEffect(1, IncidentSamples.Change(IncidentSamples.Sample("a"))),
            new ChangeEffect(2, IncidentSamples.Change(IncidentSamples.Sample("a", IncidentStatus.Closed))),
        ],
        TestContext.Current.CancellationToken);

    private ConsoleChannel Channel(TextWriter output) => new(
        Screen.ForOutput(new CommandHost
        {
            Output = output,
            Error = TextWriter.Null,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        }),
        log);

    private sealed class PausedTerminal : StringWriter
    {
        private readonly ManualResetEventSlim resumed = new();
        private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes when somebody writes.</summary>
        public Task Reached => reached.Task;

        public void Resume() => resumed.Set();

        public override void Write(char value)
        {
            Wait();
            base.Write(value);
        }

        public override void Write(string? value)
        {
            Wait();
            base.Write(value);
        }

        protected override void Dispose(bool disposing)
        {
            resumed.Dispose();
            base.Dispose(disposing);
        }

        private void Wait()
        {
            reached.TrySetResult();
            resumed.Wait();
        }
    }

    private sealed class ClosedTerminal : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("Broken pipe");
    }
}
