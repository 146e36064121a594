using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>What this build writes and reads is what the golden files have.</summary>
public sealed class GoldenTests
{
    public static TheoryData<string> Sections { get; } = [.. GoldenStream.Now.Before().Select(entry => entry.Key.Section).Distinct()];

    [Fact]
    public void Schema_OfThisBuild_IsTheGoldenOne()
    {
        var schema = DetectionPipeline.Schema;
        var text = string.Create(CultureInfo.InvariantCulture, $"{schema.Text}\nhash {schema.Hash:x16}");

        Assert.Equal(Golden.Text("schema.txt", () => text), text);
    }

    [Fact]
    public void Schema_EveryKindOfEntry_IsInTheGoldenState()
    {
        var kinds = DetectionPipeline.Schema.Text.Split('\n').Count(line => line.Contains(": ", StringComparison.Ordinal));

        Assert.Equal(kinds + 1, GoldenStream.Now.Before().Select(entry => (entry.Key.Section, KindOf(entry.Key))).Distinct().Count());
        Assert.All(Sections, section => Assert.Contains(section.Data, StateSections.All));
    }

    /// <summary>
    /// Compares every field by its name in the schema, so the schema must fit the bytes. Floating-point numbers may differ in their last
    /// digits, because machines round <c>pow</c> differently.
    /// </summary>
    [Theory]
    [MemberData(nameof(Sections))]
    public void Save_OfTheGoldenInput_WritesTheGoldenFields(string section)
    {
        var now = GoldenStream.Now.Before().Where(entry => entry.Key.Section == section).ToList();
        var golden = Golden.Text($"{section}.txt", () => string.Join('\n', now.Select(Line))).Split('\n').Select(Entry).ToList();

        var schema = DetectionPipeline.Schema.Read(GoldenStream.Now.Before().Single(entry => entry.Key.Section == StateSections.Header));
        Assert.Equal(golden.Select(entry => entry.Key), now.Select(entry => entry.Key));
        if (section == StateSections.Header)
            Assert.Equal(golden.Select(Line), now.Select(Line));
        else
            Assert.All(golden.Zip(now), pair => AssertSame(schema.Show(pair.First), schema.Show(pair.Second)));
    }

    [Fact]
    public void Load_GoldenExport_SavesTheSameBytes()
    {
        var file = Exported();
        using var pipeline = new DetectionPipeline(GoldenStream.Options, ExportedState.Entries(file), tracksChanges: true);

        Assert.Equal(Convert.ToHexString(file), Convert.ToHexString(ExportedState.Bytes(GoldenStream.Sorted(pipeline.Save()), chunk: 20)));
        Assert.Equal(ExportedState.Origin, new CheckpointFileReader(new MemoryStream(file)).Origin);
    }

    [Fact]
    public void Load_GoldenExport_HasTheGoldenEntries() =>
        Assert.Equal(Sections.SelectMany(section => GoldenLines(section.Data)), ExportedState.Entries(Exported()).Select(Line));

    [Fact]
    public void Load_GoldenExport_GoesOnToTheGoldenIncidents()
    {
        var incidents = Golden.Text("incidents.jsonl", () => GoldenStream.Now.After(GoldenStream.Now.Before()));

        Assert.Contains("\"closed\"", incidents, StringComparison.Ordinal);
        Assert.Equal(incidents, GoldenStream.Now.After(ExportedState.Entries(Exported())));
    }

    private static byte[] Exported() => Golden.Bytes("export.hex", () => ExportedState.Bytes(GoldenStream.Now.Before(), chunk: 20));

    private static string Line(StateEntry entry) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{entry.Key.Section} {entry.Key.High:x} {entry.Key.Low:x} {Convert.ToHexString(entry.Value.Span)}");

    private static ulong KindOf(StateKey key) =>
        key.Section is StateSections.Titles or StateSections.Panes or StateSections.History or StateSections.Facets
            or StateSections.FacetBuckets
            ? 0
            : key.High;

    private static string[] GoldenLines(string section)
    {
        var now = GoldenStream.Now.Before().Where(entry => entry.Key.Section == section);
        return Golden.Text($"{section}.txt", () => string.Join('\n', now.Select(Line))).Split('\n');
    }

    private static StateEntry Entry(string line)
    {
        var parts = line.Split(' ');
        return new StateEntry(
            new StateKey(parts[0], Convert.ToUInt64(parts[1], 16), Convert.ToUInt64(parts[2], 16)), Convert.FromHexString(parts[3]));
    }

    private static void AssertSame(JsonNode? expected, JsonNode? actual)
    {
        switch (expected, actual)
        {
            case (JsonObject a, JsonObject b):
                Assert.Equal(a.Select(field => field.Key), b.Select(field => field.Key));
                Assert.All(a, field => AssertSame(field.Value, b[field.Key]));
                break;
            case (JsonArray a, JsonArray b):
                Assert.Equal(a.Count, b.Count);
                Assert.All(a.Zip(b), pair => AssertSame(pair.First, pair.Second));
                break;
            case (JsonValue a, JsonValue b) when a.TryGetValue<double>(out var number):
                Assert.Equal(number, b.GetValue<double>(), number == 0 ? 1e-12 : Math.Abs(number) * 1e-9);
                break;
            default:
                Assert.Equal(JsonSerializer.Serialize(expected), JsonSerializer.Serialize(actual));
                break;
        }
    }
}
