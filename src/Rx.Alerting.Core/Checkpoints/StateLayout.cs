using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// How the entries of one state are encoded. The layout is said once, and serves the schema hash, people who look into a checkpoint, and
/// tests.
/// </summary>
/// <remarks>
/// Each kind of entry is a line: <c>section/kind: field type, …</c>.
/// <list type="bullet">
/// <item>The kind is the <see cref="StateKey.High"/> of the entries' keys. It is left out in a section with one kind only.</item>
/// <item>Types are those of <see cref="StateWriter"/>: <c>bool u8 i32 i64 u64 f64 text bytes</c>.</item>
/// <item><c>name (…)</c> is a group of fields.</item>
/// <item><c>name […]</c> is a number (i32), and as many groups of fields.</item>
/// <item>A field that ends with <c>if name</c> is there only if the earlier field of that name in its group is true; with
/// <c>if !name</c>, only if that field is false.</item>
/// </list>
/// </remarks>
internal sealed class StateLayout
{
    private readonly Dictionary<(string Section, ulong Kind), IReadOnlyList<StateField>> kinds = [];
    private readonly List<string> sections = [];

    /// <param name="version">Grows by one with every change of the encoding.</param>
    /// <param name="entries">A line for each kind of entry, with the sections in the order in which they are loaded.</param>
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

    /// <summary>The whole layout as one text. The schema hash is made of these texts.</summary>
    public string Text { get; }

    public IReadOnlyList<string> Sections => sections;

    /// <summary>The state's name in the header of a checkpoint.</summary>
    public string Name => string.Join(' ', sections);

    /// <summary>The steps from the oldest readable version to this version, the oldest first.</summary>
    public IReadOnlyList<StateUpgrade> Upgrades { get; init; } = [];

    /// <summary>The layout of a version: this layout or an earlier one. Null if the version is not known.</summary>
    public StateLayout? OfVersion(int version) =>
        version == Version ? this : Upgrades.Select(upgrade => upgrade.From).FirstOrDefault(layout => layout.Version == version);

    /// <summary>Upgrades entries of an earlier version to this version.</summary>
    /// <exception cref="CheckpointFormatException">The entries are not encoded as the earlier layout says.</exception>
    public IEnumerable<StateEntry> Upgrade(StateLayout from, IEnumerable<StateEntry> entries)
    {
        var shown = entries.Select(entry => new ShownEntry(entry.Key, from.Read(entry)));
        var steps = Upgrades.SkipWhile(upgrade => upgrade.From.Version < from.Version);
        return steps.Aggregate(shown, (before, upgrade) => upgrade.Step(before)).Select(Write);
    }

    /// <summary>Reads an entry's fields by name.</summary>
    /// <exception cref="CheckpointFormatException">The entry is not encoded as this layout says.</exception>
    public JsonObject Read(StateEntry entry)
    {
        var (key, value) = entry;
        var reader = new StateReader(value);
        var read = StateField.Read(FieldsOf(key), reader);
        return reader.AtEnd ? read : throw CheckpointFormatException.TooLong(key.Section);
    }

    /// <summary>The inverse of <see cref="Read"/>.</summary>
    private StateEntry Write(ShownEntry entry)
    {
        var writer = new StateWriter();
        StateField.Write(FieldsOf(entry.Key), entry.Fields, writer);
        return new StateEntry(entry.Key, writer.Written);
    }

    private IReadOnlyList<StateField> FieldsOf(StateKey key) =>
        kinds.TryGetValue((key.Section, key.High), out var fields) || kinds.TryGetValue((key.Section, AnyKind), out fields)
            ? fields
            : throw new CheckpointFormatException(
                $"The checkpoint is damaged: section “{key.Section}” has an entry of kind {key.High}.");
}
