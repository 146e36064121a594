using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>Checkpoints of earlier releases can be read, and nothing that was learned is lost.</summary>
public sealed class UpgradeTests
{
    /// <summary>The releases whose state has everything that <see cref="GoldenStream.Now"/> makes, but for what commands make.</summary>
    private static readonly string[] WithAll =
    [
        "3052a99b7d7f0fce.hex", "1c62a8a6c93b05f5.hex", "86e62f3d65e5edf8.hex", "15a41e8b9aa5f971.hex", "72dcb0446d57e09a.hex",
        "4925368826a6168a.hex",
    ];

    /// <summary>
    /// States in the middle of <see cref="GoldenStream"/>, exported by earlier releases, and named by their schemas. No file is ever
    /// removed.
    /// </summary>
    public static TheoryData<string> Earlier { get; } = [.. Golden.Names("Earlier")];

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Load_StateOfAnEarlierRelease_GoesOnWithItsIncidents(string name)
    {
        var earlier = Entries(name);
        using var pipeline = new DetectionPipeline(GoldenStream.Options, earlier, tracksChanges: true);

        var open = pipeline.History.Where(incident => incident.Status == IncidentStatus.Open).Select(incident => incident.Id).ToList();
        var stream = StreamOf(name);
        var (after, expected) = (Final(earlier), Final(stream.Before()));
        Assert.NotEmpty(open);
        Assert.Subset(after.Keys.ToHashSet(), open.ToHashSet());
        var same = expected.Where(incident => after.ContainsKey(incident.Key)).ToList();
        Assert.NotEmpty(same);
        Assert.All(same, incident => Assert.Equal(incident.Value, after[incident.Key]));

        // What was told before the upgrade is not the same: other releases have other rules.
        Dictionary<string, (IncidentStatus, long)> Final(IReadOnlyList<StateEntry> state) => stream.After(state)
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize(line, IncidentJson.Readable.IncidentChange)!.Incident)
            .GroupBy(incident => incident.Id)
            .ToDictionary(changes => changes.Key, changes => (changes.Last().Status, changes.Last().AffectedViews));
        Assert.Matches("panes [12345] → 6|facets circumstances 2 → 3|incidents 5 → 6", pipeline.Upgraded);
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void TakeChanges_AfterAnUpgrade_LeaveTheStoreWithTheStateOfThisRelease(string name)
    {
        var earlier = Entries(name);
        using var pipeline = new DetectionPipeline(GoldenStream.Options, earlier, tracksChanges: true);
        var store = new Store(earlier);

        store.Apply(pipeline.TakeChanges());

        using var restored = new DetectionPipeline(GoldenStream.Options, store.Entries);
        Assert.Null(restored.Upgraded);
        Assert.Equal(Hex(pipeline.Save()), Hex(restored.Save()));
    }

    [Theory]
    [MemberData(nameof(Earlier))]
    public void Show_OfAnEarlierRelease_NamesItsFields(string name)
    {
        var entries = Entries(name);
        var schema = DetectionPipeline.Schema.Read(entries.Single(entry => entry.Key.Section == StateSections.Header));

        Assert.True(schema.IsOlder);
        Assert.All(entries.Where(entry => entry.Key.Section != StateSections.Header), entry => Assert.NotEmpty(schema.Show(entry)));
    }

    /// <summary>The first releases kept incidents as JSON. People read the same after the upgrade: newer fields have been added.</summary>
    [Theory]
    [InlineData("0e11d8a7f88957b9.hex")]
    [InlineData("ab696f52ca686ec5.hex")]
    public void Load_IncidentsOfAnEarlierRelease_ReadTheSame(string name)
    {
        var entries = Entries(name);
        using var pipeline = new DetectionPipeline(GoldenStream.Options, entries, tracksChanges: true);
        var schema = DetectionPipeline.Schema.Read(entries.Single(entry => entry.Key.Section == StateSections.Header));

        var (changes, incidents) = (Kept(StateSections.Outbox, "change"), Kept(StateSections.History, "incident"));
        Assert.NotEmpty(changes);
        Assert.NotEmpty(incidents);
        Assert.Equal(changes.Count, pipeline.Outbox.Log.Count);
        Assert.Equal(incidents.Count, pipeline.History.Count);
        var log = pipeline.Outbox.Log.Cast<ChangeEffect>();
        foreach (var (change, now) in changes.Zip(log, (change, effect) => (JsonNode.Parse(change)!, effect.Change)))
        {
            Assert.Equal((string?)change["transition"], (string?)Json(now.Transition, IncidentJson.Readable.IncidentTransition));
            AssertSame(change["incident"]!, now.Incident);
        }

        foreach (var incident in incidents.Select(incident => JsonNode.Parse(incident)!))
            AssertSame(incident, pipeline.History.Single(now => now.Id == (string?)incident["id"]));

        IReadOnlyList<string> Kept(string section, string field) =>
        [
            .. entries.Where(entry => entry.Key.Section == section).OrderBy(entry => entry.Key.Low)
                .Select(entry => (string?)schema.Show(entry)[field]).OfType<string>(),
        ];

        static void AssertSame(JsonNode before, Incident incident)
        {
            var now = Json(incident, IncidentJson.Readable.Incident)!;
            foreach (var (name, value) in before.AsObject().Where(field => field.Key != "inhibited")) // By what was not known.
                Assert.Equal((name, value?.ToJsonString()), (name, now[name]?.ToJsonString()));
        }

        static JsonNode? Json<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToNode(value, type);
    }

    /// <summary>What the command has asked for was not kept.</summary>
    [Fact]
    public void Execute_IdThatAnEarlierReleaseRemembers_HasTheAnswerOfThen()
    {
        using var pipeline = new DetectionPipeline(GoldenStream.Options, Entries("1c62a8a6c93b05f5.hex"), tracksChanges: true);

        var outcome = pipeline.Execute(new PauseCommand("acknowledge-1", "bob"));

        Assert.Equal(("ann", "there is no open incident no-incident"), (outcome.By, outcome.Reason));
        Assert.Null(pipeline.Statistics.Paused);
    }

    [Fact]
    public void Load_HashedHeaderWithAnotherHash_IsRefused()
    {
        var entries = Entries("0e11d8a7f88957b9.hex").Select(entry =>
        {
            var value = entry.Value.ToArray();
            value[4] ^= entry.Key.Section == StateSections.Header ? (byte)1 : (byte)0;
            return entry with { Value = value };
        });

        var fault = Assert.Throws<CheckpointFormatException>(() => new DetectionPipeline(GoldenStream.Options, [.. entries]));

        Assert.Equal(CheckpointFormatProblem.OtherSchema, fault.Problem);
    }

    /// <summary>
    /// There are two steps. One of them changes keys of entries and drops entries. Changes since the upgrade are in the same commit.
    /// </summary>
    [Fact]
    public void Load_TwoVersionsBehind_TakesEveryStepInOrder()
    {
        var first = Words(1, "commands: word text");
        var second = Words(2, "commands: word text, length i32");
        StateLayout third = new(3, "commands: word text, length i32, reversed text")
        {
            Upgrades =
            [
                new(first.Layout, entries => entries.Where(entry => (string?)entry.Fields["word"] != "gone").Select(Lengthened)),
                StateUpgrade.OfEach(second.Layout, fields => fields["reversed"] = string.Concat(((string)fields["word"]!).Reverse())),
            ],
        };
        first.Add(1, new() { ["word"] = "gone" });
        first.Add(2, new() { ["word"] = "view" });
        first.Add(3, new() { ["word"] = "pane" });
        var store = new Store(new OperatorStates([first]).Save());

        var state = new Dictionaries(third);
        var pipeline = new OperatorStates([state]);
        pipeline.Load(store.Entries);
        state.Add(102, new() { ["word"] = "new", ["length"] = 3, ["reversed"] = "wen" });
        store.Apply(pipeline.TakeChanges());

        Assert.Equal("commands 1 → 3", pipeline.Upgraded);
        Assert.Equal<ulong>([102UL, 103UL], [.. state.All.Keys]);
        Assert.Equal("""{"word":"pane","length":4,"reversed":"enap"}""", state.All[103].ToJsonString());
        Assert.Equal(Hex(pipeline.Save()), Hex(store.Entries));

        static Dictionaries Words(int version, string entry) => new(new StateLayout(version, entry));

        static ShownEntry Lengthened(ShownEntry entry)
        {
            entry.Fields["length"] = ((string)entry.Fields["word"]!).Length;
            return entry with { Key = entry.Key with { Low = entry.Key.Low + 100 } };
        }
    }

    /// <summary>Earlier releases have kept no trails, so their incidents go on with shorter ones.</summary>
    private static string WithoutTrails(string incidents) => Regex.Replace(incidents, @"""trail"":\[[^\]]*\]", "");

    private static GoldenStream StreamOf(string name) => WithAll.Contains(name) ? GoldenStream.Now : GoldenStream.Earlier;

    private static IReadOnlyList<StateEntry> Entries(string name) =>
        ExportedState.Entries(Golden.Bytes(Path.Combine("Earlier", name), () =>
            throw new InvalidOperationException("What an earlier release has written stays as it is.")));

    private static IReadOnlyList<string> Hex(IEnumerable<StateEntry> entries) =>
        [.. GoldenStream.Sorted(entries).Select(entry => $"{entry.Key} {Convert.ToHexString(entry.Value.Span)}")];

    private sealed class Store(IEnumerable<StateEntry> entries)
    {
        private readonly Dictionary<StateKey, StateEntry> kept = entries.ToDictionary(entry => entry.Key);

        public IReadOnlyList<StateEntry> Entries => [.. kept.Values];

        public void Apply(StateChanges changes)
        {
            foreach (var key in changes.Removed)
                Assert.True(kept.Remove(key), $"{key} is not in the store");
            foreach (var entry in changes.Written)
                kept[entry.Key] = entry with { Value = entry.Value.ToArray() };
        }
    }

    /// <summary>A state that consists of fields only.</summary>
    private sealed class Dictionaries(StateLayout layout) : IOperatorState
    {
        private readonly List<ulong> changed = [];

        public StateLayout Layout => layout;

        public SortedDictionary<ulong, JsonObject> All { get; } = [];

        public void Add(ulong key, JsonObject fields)
        {
            All[key] = fields;
            changed.Add(key);
        }

        public void Save(ChangeWriter changes, bool everything)
        {
            foreach (var key in everything ? [.. All.Keys] : changed)
            {
                var writer = changes.Begin(new(StateSections.Commands, 0, key));
                foreach (var (_, value) in All[key])
                {
                    if (value!.GetValueKind() == System.Text.Json.JsonValueKind.String)
                        writer.String(value.GetValue<string>());
                    else
                        writer.Int32(value.GetValue<int>());
                }
            }

            if (!everything)
                changed.Clear();
        }

        public void Load(StateKey key, StateReader reader)
        {
            var fields = new JsonObject { ["word"] = reader.String() };
            if (!reader.AtEnd)
                fields["length"] = reader.Int32();
            if (!reader.AtEnd)
                fields["reversed"] = reader.String();
            All[key.Low] = fields;
        }
    }
}
