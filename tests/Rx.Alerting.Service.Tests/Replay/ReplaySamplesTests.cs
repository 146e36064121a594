using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Replay;

namespace Rx.Alerting.Service.Tests.Replay;

public sealed class ReplaySamplesTests
{
    [Fact]
    public void Lines_OfEachReason_ShowTheFirstOnesWithoutControlCharacters()
    {
        var samples = new ReplaySamples(shownPerReason: 1);
        samples.Apply(new DeadLetter("missing_property", "views.jsonl", null, "{\"view_id\":\u001b[2J}"));
        samples.Apply(new DeadLetter("late", "views.jsonl", new DateTimeOffset(2026, 3, 2, 4, 5, 6, TimeSpan.Zero), "acme Enlace"));
        samples.Apply(new DeadLetter("missing_property", "views.jsonl", null, "another"));

        var lines = samples.Lines().ToList();

        Assert.Equal(2, lines.Count);
        Assert.StartsWith("  missing property, views.jsonl: {\"view_id\":", lines[0], StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', lines[0]);
        Assert.Equal("  late, views.jsonl: 2026-03-02 04:05:06 acme Enlace", lines[1]);
    }
}
