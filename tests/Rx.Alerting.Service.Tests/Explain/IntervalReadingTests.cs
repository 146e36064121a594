using System.Text;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Explain;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Tests.Explain;

/// <summary>Input that does not fit into the memory it may take: every view has values of its own.</summary>
public sealed class IntervalReadingTests : IDisposable
{
    private const int Views = 21_000;

    /// <summary>For some 1,700 rows.</summary>
    private const long Little = 500_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static ExplainRequest Request(params string[] paths) =>
        new() { Paths = paths, From = ViewFile.Begin, To = ViewFile.Begin.AddMinutes(10) };

    private static IEnumerable<string> Hostile() => ViewFile.Incident(
        Views, i => $",\"viewer_user_id\":\"viewer {i}\",\"video_id\":\"{i}\",\"asn\":\"{i}\",\"browser\":\"{i}{new string('x', 50)}\"");

    [Fact]
    public void Read_FileThatDoesNotFit_SaysTheSameAsIfItDid()
    {
        File.WriteAllLines(folder["views.jsonl"], Hostile());
        var request = Request(folder["views.jsonl"]);

        var (little, all) = (Read(request, request.Source, Little), Read(request, request.Source, long.MaxValue));

        Assert.True(all.Succeeded.Rows.Count + all.Failed.Rows.Count > 20_000);
        Assert.InRange(little.Succeeded.Rows.Count + little.Failed.Rows.Count, 1, 500);
        Assert.False(little.IsThinned);
        Assert.Equal(Text(request, all), Text(request, little));
    }

    [Fact]
    public void Read_InputThatCannotBeReadAgain_IsThinnedAndSaysSo()
    {
        var request = Request(FileSourceOptions.StandardInputPath);
        var exact = IntervalRanking.Of(request, Read(request, Piped(Hostile()), long.MaxValue));

        var counts = Read(request, Piped(Hostile()), Little);
        var explained = IntervalRanking.Of(request, counts);

        Assert.InRange(counts.Succeeded.Rows.Count, 100, 3000);
        Assert.True(counts.IsThinned);
        Assert.Equal((exact.Views, exact.AffectedViews), (explained.Views, explained.AffectedViews));
        Assert.Equal(exact.NormalRate, explained.NormalRate);
        Assert.Contains(explained.Notes, note => note.Contains("1 in ", StringComparison.Ordinal));
        var (best, exactly) = (explained.Explanations[0], exact.Explanations[0]);
        Assert.NotEqual(ExplainedBy.None, explained.ExplainedBy);
        Assert.Equal(exactly.Dimensions, best.Dimensions);
        Assert.InRange(best.Views, 0.6 * exactly.Views, 1.4 * exactly.Views);
    }

    [Fact]
    public void Read_ThinnedInAnyOrder_SaysTheSame()
    {
        var request = Request(FileSourceOptions.StandardInputPath);

        Assert.Equal(
            Text(request, Read(request, Piped(Hostile()), Little)),
            Text(request, Read(request, Piped(Hostile().Reverse()), Little)));
    }

    [Fact]
    public void Read_ManyProperties_CountsOnlySomeOfTheirNames()
    {
        var lines = Enumerable.Range(0, 5000).Select(i => ViewFile.Line(i, ViewFile.Begin, string.Empty, $"p{i}"));
        File.WriteAllLines(folder["views.jsonl"], lines);
        var request = Request(folder["views.jsonl"]) with { Property = "none" };

        Assert.EndsWith(", …", Read(request, request.Source, Little).Properties.Most(), StringComparison.Ordinal);
    }

    private static FileSourceOptions Piped(IEnumerable<string> lines) => Request(FileSourceOptions.StandardInputPath).Source with
    {
        StandardInput = () => new PipeStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))),
    };

    private static string Text(ExplainRequest request, IntervalCounts counts) =>
        System.Text.Json.JsonSerializer.Serialize(IntervalRanking.Of(request, counts), ExplainedJson.Readable.Explained);

    private static IntervalCounts Read(ExplainRequest request, FileSourceOptions options, long maximumBytes)
    {
        using var source = FileViewSource.Open(options);
        var host = new CommandHost
        {
            Output = TextWriter.Null,
            Error = TextWriter.Null,
            OpenOutput = () => Stream.Null,
            Environment = new Dictionary<string, string>(),
        };
        return ReadingProgress.Show(Screen.ForError(host), host.Clock, progress =>
            new IntervalReading(request, source, progress).Read(maximumBytes, TestContext.Current.CancellationToken));
    }

    /// <summary>Bytes that can be read once.</summary>
    private sealed class PipeStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;
    }
}
