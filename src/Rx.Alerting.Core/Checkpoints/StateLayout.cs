using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How the entries of one state are encoded: said once, for the schema hash, for people who look into a checkpoint, and for tests.</summary>
/// <remarks>
/// Each kind of entry is a line: <c>section/kind: field type, …</c>. The kind is the <see cref="StateKey.High"/> of its keys, and is left out where a section has
/// one kind only. Types are those of <see cref="StateWriter"/> (<c>bool u8 i32 i64 u64 f64 text bytes</c>); <c>name (…)</c> is a group of fields, <c>name […]</c> a
/// number (i32) and as many groups. What ends with <c>if name</c> or <c>if !name</c> is there only if that earlier field of its group is so.
/// </remarks>
internal sealed class StateLayout
{
    private readonly Dictionary<(string Section, ulong Kind), IReadOnlyList<StateField>> kinds = [];
    private readonly List<string> sections = [];

    /// <param name="version">Grows by one with every change of what is written.</param>
    /// <param name="entries">A line for each kind of entry; sections in the order in which they are loaded.</param>
    public StateLayout(int version, params string[] entries)
    {
        Version = version;
        Text = string.Join('\n', entries.Prepend($"version {version}"));
        foreach (var entry in entries)
        {
            var colon = entry.IndexOf(':', StringComparison.Ordinal);
            var name = entry[..colon].Split('/');
            if (!sections.Contains(name[0]))
                sections.Add(name[0]);
            var kind = name.Length > 1 ? ulong.Parse(name[1], System.Globalization.CultureInfo.InvariantCulture) : AnyKind;
            kinds.Add((name[0], kind), StateFieldParser.Parse(entry[(colon + 1)..]));
        }
    }

    private const ulong AnyKind = ulong.MaxValue;

    public int Version { get; }

    /// <summary>The whole of it, from which the schema hash is made.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Sections => sections;

    /// <summary>Names the state in the header of a checkpoint.</summary>
    public string Name => string.Join(' ', sections);

    /// <summary>The steps from the oldest version that can still be read to this one, the oldest first.</summary>
    public IReadOnlyList<StateUpgrade> Upgrades { get; init; } = [];

    /// <summary>This layout, or that of an earlier version; null: no version that is known.</summary>
    public StateLayout? OfVersion(int version) =>
        version == Version ? this : Upgrades.Select(upgrade => upgrade.From).FirstOrDefault(layout => layout.Version == version);

    /// <summary>Entries of an earlier version as they are in this one.</summary>
    /// <exception cref="CheckpointFormatException">They are not encoded so.</exception>
    public IEnumerable<StateEntry> Upgrade(StateLayout from, IEnumerable<StateEntry> entries)
    {
        var shown = entries.Select(entry => new ShownEntry(entry.Key, from.Read(entry)));
        return Upgrades.SkipWhile(upgrade => upgrade.From.Version < from.Version).Aggregate(shown, (before, upgrade) => upgrade.Step(before)).Select(Write);
    }

    /// <summary>The entry with its fields by name.</summary>
    /// <exception cref="CheckpointFormatException">It is not encoded so.</exception>
    public JsonObject Read(StateEntry entry)
    {
        var (key, value) = entry;
        var reader = new StateReader(value);
        var read = StateField.Read(FieldsOf(key), reader);
        return reader.AtEnd ? read : throw CheckpointFormatException.TooLong(key.Section);
    }

    /// <summary>What <see cref="Read"/> reads.</summary>
    private StateEntry Write(ShownEntry entry)
    {
        var writer = new StateWriter();
        StateField.Write(FieldsOf(entry.Key), entry.Fields, writer);
        return new StateEntry(entry.Key, writer.Written);
    }

    private IReadOnlyList<StateField> FieldsOf(StateKey key) =>
        kinds.TryGetValue((key.Section, key.High), out var fields) || kinds.TryGetValue((key.Section, AnyKind), out fields)
            ? fields
            : throw new CheckpointFormatException($"The checkpoint is damaged: section “{key.Section}” has an entry of kind {key.High}.");
}
