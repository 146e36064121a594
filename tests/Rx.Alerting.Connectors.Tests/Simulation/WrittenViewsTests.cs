using System.Reactive.Linq;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>What is written is what the service reads.</summary>
public sealed class WrittenViewsTests
{
    [Theory]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.MuxProtobuf)]
    [InlineData(RecordFormat.AccessLog)]
    public async Task FileViewSource_WrittenViews_AreAllReadAsTheyWereMade(RecordFormat format)
    {
        var options = Traffic.Small with { Format = format };
        using var directory = new TemporaryDirectory();
        var summary = Traffic.Write(options, directory);
        using var source = FileViewSource.Open(new FileSourceOptions { Paths = summary.Files });
        var read = new List<(long, string, string, string?)>();

        await source.Read(new Dictionary<string, string>(), OpenGate.Instance).ForEachAsync(
            batch =>
            {
                Assert.Equal(0, batch.Rejected.ToArray().Sum());
                foreach (var view in batch.Views)
                {
                    var error = view.Failed ? batch.String(batch.Failures[view.Failure].ErrorType) : null;
                    read.Add((view.EventTime, batch.String(view.Property), batch.String(view.Title), error));
                }
            },
            TestContext.Current.CancellationToken);

        var names = new TrafficGenerator(options).World.Names;
        var resolution = format == RecordFormat.AccessLog ? 1000 : 1;
        Assert.Equal(
            Traffic.Generate(options).Select(view => (
                view.EventTime / resolution * resolution,
                SimulatedNames.Property(format, view.Property),
                names.Video(format, view.Property, view.Title),
                view.Outcome == Outcome.Failure ? SimulatedNames.ErrorType(format, view.Error) : null)),
            read);
    }
}
