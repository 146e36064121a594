using System.Security.Cryptography;
using System.Text.Json;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class SimulationWriterTests
{
    [Theory]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.MuxProtobuf)]
    [InlineData(RecordFormat.AccessLog)]
    public void Write_SameOptions_GivesTheSameBytes(RecordFormat format)
    {
        var options = Traffic.Small with { Format = format, Partitions = 2 };

        Assert.Equal(Hashes(options), Hashes(options));
        Assert.Empty(Hashes(options).Values.Intersect(Hashes(options with { Seed = 8 }).Values));
    }

    [Theory]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.MuxProtobuf)]
    [InlineData(RecordFormat.AccessLog)]
    public void Write_AnyFormat_LabelsAreWhatAnIndependentParseCounts(RecordFormat format)
    {
        var options = Traffic.Small with { Format = format, Views = 200_000, PropertyIncidentsPerDay = 0.6, TitleIncidentsPerDay = 0.6 };
        using var directory = new TemporaryDirectory();
        var summary = Traffic.Write(options, directory);

        var records = ParsedView.Read(format, summary.Files[0]);

        Assert.Equal(options.Views, records.Count);
        Assert.Equal(summary.Failures, records.Count(record => record.ErrorType is not null));
        Assert.True(summary.Labels.Count > 20);
        var affectedIds = Traffic.Generate(options).Where(view => view.Affected).Select(view => view.Id).ToHashSet();
        var failed = records.Where(record => affectedIds.Contains(record.Id)).ToList();
        foreach (var label in summary.Labels)
        {
            var affected = failed
                .Where(record => record.PropertyId == label.PropertyId && record.ErrorType == label.ErrorType)
                .Where(record => label.VideoId is null || record.VideoId == label.VideoId)
                .Where(record => format == RecordFormat.AccessLog || record.IsIn(label.Slice))
                .Select(record => record.EventTime)
                .Where(time => time >= label.StartedAt.ToUnixTimeMilliseconds() && time < label.EndedAt.ToUnixTimeMilliseconds())
                .Order()
                .ToList();
            Assert.Equal(label.AffectedViews, affected.Count);
            Assert.Equal(affected.Take(IncidentLabel.MaximumAffectedAt), label.AffectedAt);
        }
    }

    [Theory]
    [InlineData(RecordFormat.MuxJson)]
    [InlineData(RecordFormat.MuxProtobuf)]
    public void Write_LabelsOfSlices_CountTheViewsOfTheSliceAndOfEqualSlices(RecordFormat format)
    {
        var options = Traffic.Small with { Format = format, Views = 200_000, PropertyIncidentsPerDay = 2, TitleIncidentsPerDay = 0.3 };
        using var directory = new TemporaryDirectory();
        var summary = Traffic.Write(options, directory);
        var records = ParsedView.Read(format, summary.Files[0]);

        Assert.Equal([0, 1, 2, 3], summary.Labels.Select(label => label.Slice.Count).Distinct().Order());
        Assert.Contains(summary.Labels, label => label.SameSlices.Count > 0);
        foreach (var label in summary.Labels)
        {
            var (from, to) = (label.StartedAt.ToUnixTimeMilliseconds(), label.EndedAt.ToUnixTimeMilliseconds());
            var views = records.FindAll(
                record => record.PropertyId == label.PropertyId && record.EventTime >= from && record.EventTime < to);
            var slice = views.FindAll(record => (label.VideoId ?? record.VideoId) == record.VideoId && record.IsIn(label.Slice));
            Assert.Equal((views.Count, slice.Count), (label.Views, label.SliceViews));
            Assert.All(label.SameSlices, same => Assert.Equal(slice, views.FindAll(record => record.IsIn(same))));
        }
    }

    [Fact]
    public void Write_Partitions_AreTheSameViewsSpreadOut()
    {
        using var one = new TemporaryDirectory();
        using var many = new TemporaryDirectory();
        var whole = Traffic.Write(Traffic.Small, one);
        var spread = Traffic.Write(Traffic.Small with { Partitions = 7 }, many);

        var parts = spread.Files.Select(File.ReadAllLines).ToList();

        Assert.Equal(7, parts.Count);
        Assert.All(parts, lines => Assert.InRange(lines.Length, 0.9 * Traffic.Small.Views / 7, 1.1 * Traffic.Small.Views / 7));
        Assert.Equal(
            File.ReadAllLines(whole.Files[0]).Order(StringComparer.Ordinal),
            parts.SelectMany(lines => lines).Order(StringComparer.Ordinal));
        Assert.Equal(File.ReadAllText(one["labels.jsonl"]), File.ReadAllText(many["labels.jsonl"]));
    }

    [Fact]
    public void Write_MuxJson_IsOfRealisticSizeAndValid()
    {
        using var directory = new TemporaryDirectory();
        var summary = Traffic.Write(Traffic.Small, directory);

        var lines = File.ReadAllLines(summary.Files[0]);

        Assert.InRange(new FileInfo(summary.Files[0]).Length / lines.Length, 580, 700);
        foreach (var line in lines.Take(5000))
        {
            using var json = JsonDocument.Parse(line);
            var names = json.RootElement.EnumerateObject().Select(field => field.Name).ToList();
            Assert.Equal(names.Distinct(), names);
        }
    }

    [Fact]
    public void Write_Labels_AreSnakeCaseJsonLines()
    {
        using var directory = new TemporaryDirectory();
        Traffic.Write(Traffic.Small with { PropertyIncidentsPerDay = 1 }, directory);

        var labels = File.ReadAllLines(directory["labels.jsonl"]).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.All(
            labels,
            label => Assert.Equal(
                Math.Min(500, label.GetProperty("affected_views").GetInt32()), label.GetProperty("affected_at").GetArrayLength()));
        Assert.Contains(
            labels, label => label.GetProperty("kind").GetString() == "title" && label.GetProperty("shape").GetString() == "one_title");
        Assert.Contains(labels, label => label.GetProperty("slice").EnumerateArray().Any(
            value => value.GetProperty("name").ValueKind == JsonValueKind.String
                && value.GetProperty("value").ValueKind == JsonValueKind.String));
        Assert.Contains("\"seed\":7", File.ReadAllText(directory["simulation.json"]));
    }

    [Fact]
    public void Write_Progress_EndsWithAllViews()
    {
        using var directory = new TemporaryDirectory();
        var progress = new LastReport();

        SimulationWriter.Write(Traffic.Small with { Views = 150_000 }, directory.Path, progress, TestContext.Current.CancellationToken);

        Assert.Equal([65_536, 131_072, 150_000], progress.Reports);
    }

    [Fact]
    public void Write_Cancelled_Stops()
    {
        using var directory = new TemporaryDirectory();

        Assert.Throws<OperationCanceledException>(
            () => SimulationWriter.Write(Traffic.Small, directory.Path, null, new CancellationToken(true)));
    }

    private static Dictionary<string, string> Hashes(SimulationOptions options)
    {
        using var directory = new TemporaryDirectory();
        Traffic.Write(options, directory);
        return Directory.GetFiles(directory.Path).ToDictionary(
            file => Path.GetFileName(file), file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(file))));
    }

    private sealed class LastReport : IProgress<long>
    {
        public List<long> Reports { get; } = [];

        public void Report(long value) => Reports.Add(value);
    }
}
