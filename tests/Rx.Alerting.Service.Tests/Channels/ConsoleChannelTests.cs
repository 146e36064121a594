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

    private static Task<int> DeliverAsync(ConsoleChannel channel) => channel.DeliverAsync(
        "test/script",
        [
            new Effect(1, IncidentSamples.Change(IncidentSamples.Sample("a"))),
            new Effect(2, IncidentSamples.Change(IncidentSamples.Sample("a", IncidentStatus.Closed))),
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

    private sealed class ClosedTerminal : TextWriter
    {
        public override Encoding Encoding => Encoding.UTF8;

        public override void Write(char value) => throw new IOException("Broken pipe");
    }
}
