using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class ViewBatchTests
{
    private static readonly string[] Members =
    [
        "\"property_id\":\"a property\"", "\"property_id\":7", "\"property_id\":\"\\u00e9\"",
        "\"video_id\":\"t\"", "\"video_id\":\"\\u0074itle\"", "\"video_id\":\"\"",
        "\"video_title\":\"A title\"", "\"error_type\":\"e\"", "\"player_error_message\":\"m\"",
        "\"x\":{\"video_id\":\"inner\"}", "\"view_end\":1431857103",
        $"\"property_id\":\"{new string('p', 600)}\"", $"\"video_id\":\"{new string('t', 600)}\"",
    ];

    [Fact]
    public void Compact_AfterEachView_KeepsWhatViewsReferTo()
    {
        var record = Gen.Elements(Members).ListOf().Select(
            members => "{\"property_id\":\"p\",\"view_end\":1431857103" + string.Concat(members.Select(member => "," + member)) + "}");
        Prop.ForAll(record.ListOf().ToArbitrary(), records =>
            Assert.Equal(Decoded(records, compact: false), Decoded(records, compact: true))).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Compact_ViewThatDidNotFail_LeavesItsKeysOnly()
    {
        var batch = new ViewBatch("p");
        Add(batch, """{"view_end":1431857103,"x":"much that nobody wants","video_id":"title","property_id":"property"}""", compact: true);

        Assert.Equal("titleproperty".Length, batch.TextLength);
    }

    [Fact]
    public void Withdraw_LatestRejection_LeavesThoseBefore()
    {
        var batch = new ViewBatch("p");
        for (var i = 1; i <= ViewBatch.MaximumSamples + 1; i++)
        {
            batch.Reject(RejectionReason.TooLong, new(i, 1));
            batch.Reject(RejectionReason.Malformed, new(100 + i, 1));
            batch.Withdraw();
            Assert.Equal(
                (i, i, 0),
                (batch.RejectedCount, batch.Rejected[(int)RejectionReason.TooLong], batch.Rejected[(int)RejectionReason.Malformed]));
        }

        Assert.Equal([1, 2, 3, 4], batch.Samples.Select(sample => sample.Record.Offset));
    }

    [Fact]
    public void Reject_ManyOfOneReason_KeepsSamplesOfTheOthers()
    {
        var batch = new ViewBatch("p");
        for (var i = 1; i <= 100; i++)
            batch.Reject(RejectionReason.Malformed, new(i, 1));
        batch.Reject(RejectionReason.TooLong, new(101, 1));

        Assert.Equal([1, 2, 3, 4, 101], batch.Samples.Select(sample => sample.Record.Offset));
    }

    private static IReadOnlyList<string> Decoded(IEnumerable<string> records, bool compact)
    {
        var batch = new ViewBatch("p");
        foreach (var record in records)
            Add(batch, record, compact);
        var views = new List<string>();
        foreach (ref readonly var view in batch.Views)
        {
            var failure = view.Failed ? batch.Failures[view.Failure] : default;
            TextRange[] texts = [view.Property, view.Title, failure.ErrorType, failure.Message, failure.VideoTitle];
            views.Add(string.Join('|', texts.Select(batch.String)));
        }

        return [.. views, .. batch.Samples.Select(sample => $"{sample.Reason} {batch.String(sample.Record)}")];
    }

    private static void Add(ViewBatch batch, string record, bool compact)
    {
        var before = batch.ViewCount;
        var range = batch.Append(Encoding.UTF8.GetBytes(record));
        new MuxJsonDecoder().Decode(batch, range, View.NoArrivalTime);
        if (compact && batch.ViewCount > before)
            batch.Compact(range.Offset);
    }
}
