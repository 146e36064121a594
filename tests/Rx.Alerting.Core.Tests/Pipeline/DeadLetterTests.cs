using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

public sealed class DeadLetterTests
{
    private static readonly DateTimeOffset Start = DateTimeOffset.FromUnixTimeMilliseconds(TestTraffic.Start);

    [Fact]
    public void Rejected_ARecord_IsSampledWithItsReasonPartitionAndBeginning()
    {
        var batch = new ViewBatch("views.jsonl");
        batch.Reject(RejectionReason.MissingProperty, batch.Append("{\"view_id\":\"abcdefgh\"}"u8));

        var letter = Assert.Single(Letters(new DeadLetterOptions { MaximumBytes = 16 }, batch));

        Assert.Equal(new DeadLetter("missing_property", "views.jsonl", null, "{\"view_id\":\"abcd"), letter with { Head = default });
        Assert.Equal("{\"view_id\":\"abcd"u8, letter.Head.Span);
    }

    [Theory]
    [InlineData("00000000 2A 0A 61C3A9 FF 7B22", "\\x00\\x00\\x00\\x00*\\x0aaé\\xff{\"")]
    [InlineData("61 E282", "a\\xe2\\x82")]
    [InlineData("C285 09 62", "\\xc2\\x85\tb")]
    [InlineData("F09F8E AC", "🎬")]
    public void Rejected_BytesThatAreNoText_AreShownAsPeopleCanReadThem(string bytes, string shown)
    {
        var batch = new ViewBatch("p");
        batch.Reject(RejectionReason.Malformed, batch.Append(Convert.FromHexString(bytes.Replace(" ", "", StringComparison.Ordinal))));

        Assert.Equal(shown, Assert.Single(Letters(new DeadLetterOptions(), batch)).Sample);
    }

    [Fact]
    public void Late_AView_IsSampledWithItsEventTimeAndKey()
    {
        var views = new TestTraffic(1).Add(1000, "acme").Views;
        var late = new TestView(TestTraffic.Start, "acme", "Enlace");

        var letter = Assert.Single(Letters(new DeadLetterOptions(), TestBatches.Of("p", [.. views, late])));

        Assert.Equal(new DeadLetter("late", "p", Start, "acme Enlace"), letter);
    }

    [Fact]
    public void FarFuture_AView_IsSampled()
    {
        var views = new TestTraffic(1).Add(100, "acme").Views;
        var stray = new TestView(TestTraffic.Start + 86_400_000, "acme", "Enlace");

        var letter = Assert.Single(Letters(new DeadLetterOptions(), TestBatches.Of("p", [.. views.Take(50), stray, .. views.Skip(50)])));

        Assert.Equal("far_future", letter.Reason);
    }

    [Fact]
    public void MoreThanTheBound_OfOneReason_AreNotSampled()
    {
        var batches = Enumerable.Range(0, 10).Select(_ =>
        {
            var batch = new ViewBatch("p");
            batch.Reject(RejectionReason.Malformed, batch.Append("rubbish"u8));
            return batch;
        });

        Assert.Equal(3, Letters(new DeadLetterOptions { MaximumPerReason = 3 }, [.. batches]).Count);
    }

    private static List<DeadLetter> Letters(DeadLetterOptions options, params ViewBatch[] batches)
    {
        using var pipeline = new DetectionPipeline(new PipelineOptions { DeadLetters = options });
        var letters = new List<DeadLetter>();
        using var _ = pipeline.DeadLetters.Subscribe(letters.Add);
        foreach (var batch in batches)
            pipeline.OnNext(batch);
        pipeline.OnCompleted();
        return letters;
    }
}
