using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;
using Rx.Alerting.Service.Run;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Tests.Run;

/// <summary>What the service's health says about a stream that looks wrong as a whole.</summary>
public sealed class StreamDoubtsTests : IDisposable
{
    private const long Begin = 1_767_225_600_000;

    private readonly DetectionPipeline pipeline = new(
        new PipelineOptions { EventTime = new() { MaximumOutOfOrderness = TimeSpan.Zero }, Windows = new() { MaximumProperties = 1000 } });
    private readonly PipelineStatus status = new(
        TimeProvider.System, NullLogger<PipelineStatus>.Instance);
    private readonly PipelineHealth health = new(new WatchedStream("test", "a stream", new WholeStream("script", ScriptedSource.Silent)));
    private readonly StreamDoubts doubts;

    public StreamDoubtsTests()
    {
        doubts = new StreamDoubts(status, health, TimeProvider.System, NullLogger<StreamDoubts>.Instance);
        health.Start();
        status.Begin("test/script", pipeline);
    }

    public void Dispose()
    {
        doubts.Dispose();
        pipeline.Dispose();
    }

    [Fact]
    public void Health_InOrder_IsReady()
    {
        Push(Enumerable.Range(0, 100));
        Assert.Equal("ready", health.Description);
    }

    [Fact]
    public void Health_MostViewsLate_SaysWhyUntilItIsOver()
    {
        Push(Enumerable.Range(0, 100).Reverse());
        Assert.StartsWith(
            "ready; 99 of 100 views came late and are not counted, most of them in a: the newest come first there",
            health.Description,
            StringComparison.Ordinal);

        // Too few to tell.
        Push(Enumerable.Range(100, 10));
        Assert.Contains("came late", health.Description, StringComparison.Ordinal);

        Push(Enumerable.Range(110, 100));
        Assert.Equal("ready", health.Description);
    }

    [Fact]
    public void Health_RecordsOfASchemaRegistry_SaysWhatTheyLookLike()
    {
        var batch = new ViewBatch("a");
        for (var i = 0; i < 500; i++)
            batch.Reject(RejectionReason.Malformed, batch.Append([0, 0, 0, 0, 7, 8, (byte)'a', (byte)'c', (byte)'m', (byte)'e']));
        Push(batch);

        Assert.StartsWith("ready; 500 of 500 records could not be read (500 malformed)", health.Description, StringComparison.Ordinal);
        Assert.Contains("A record looks like a record of a schema registry", health.Description, StringComparison.Ordinal);
        Assert.Contains("probably Avro", health.Description, StringComparison.Ordinal);

        var tombstones = new ViewBatch("a");
        for (var i = 0; i < 200; i++)
            tombstones.Reject(RejectionReason.Tombstone, default);
        Push(tombstones);
        Assert.Contains("500 of 500 records could not be read", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Health_APropertyForEveryView_SaysSo()
    {
        Push(Enumerable.Range(0, 1001), property: second => $"request-{second}");
        Assert.StartsWith(
            "ready; 1,000 properties in 1,000 views are too many for any to be watched", health.Description, StringComparison.Ordinal);
    }

    [Fact]
    public void Health_PropertiesBeyondTheBound_SaysHowManyWereForgottenUntilItIsOver()
    {
        Push(Enumerable.Range(0, 2400), property: second => second % 10 == 0 ? "p" : $"request-{second}");
        Assert.Contains(
            "properties were forgotten to make room for others: there are more than Windows:MaximumProperties",
            health.Description,
            StringComparison.Ordinal);

        // The first of these batches decides the last pane of the flood.
        Push(Enumerable.Range(2400, 100));
        Push(Enumerable.Range(2500, 100));
        Assert.Equal("ready", health.Description);
    }

    [Fact]
    public void Health_MoreErrorTypesThanAreToldApart_SaysSo()
    {
        Push(Enumerable.Range(0, 400), error: second => second % 3 == 0 ? "real" : $"garbage-{second % 150}");
        Assert.Contains(
            "errors are counted together as “other”, since their property has more types of errors than Windows:MaximumErrorTypes",
            health.Description,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Health_ViewsAheadOfTheirArrival_SaysSo()
    {
        Push(Enumerable.Range(3601, 100));
        Assert.StartsWith(
            "ready; 40 of 100 views are further ahead of their arrival than views may be out of order",
            health.Description,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Health_PipelineRunsHereNoLonger_IsNotDoubted()
    {
        Push(Enumerable.Range(0, 100).Reverse());
        status.Forget("test/script");
        doubts.LookAgain();
        Assert.Equal("ready", health.Description);
    }

    private void Push(IEnumerable<int> seconds, Func<int, string>? property = null, Func<int, string>? error = null)
    {
        var decoder = new MuxJsonDecoder();
        var batch = new ViewBatch("a");
        foreach (var second in seconds)
        {
            var name = property?.Invoke(second) ?? "p";
            var type = error is null ? "null" : $"\"{error(second)}\"";
            var record = $$"""{"property_id":"{{name}}","view_end":{{Begin + (second * 1000L)}},"error_type":{{type}}}""";
            decoder.Decode(batch, batch.Append(System.Text.Encoding.UTF8.GetBytes(record)), Begin + 3_600_000);
        }

        Push(batch);
    }

    private void Push(ViewBatch batch)
    {
        pipeline.OnNext(batch);
        status.Settle("test/script", pipeline);
        doubts.LookAgain();
    }
}
