using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How a build encodes the whole state of a pipeline, and which encodings of earlier releases it can read.</summary>
/// <remarks>
/// Every checkpoint has the layout of each state in its header, as version and as text. A build reads the layouts that it knows: its own, and those of earlier
/// releases from which it has steps. A layout that was changed without a new version is found by its text.
/// </remarks>
public sealed class CheckpointSchema
{
    /// <summary>Of the header: with the texts of the layouts.</summary>
    internal const int HeaderVersion = 4;

    /// <summary>Of the header of earlier releases: with the hash of all texts instead.</summary>
    private const int HashedHeaderVersion = 3;

    private readonly IReadOnlyList<StateLayout> layouts;

    internal CheckpointSchema(IReadOnlyList<StateLayout> layouts)
    {
        this.layouts = layouts;
        Text = TextOf(layouts);
        Hash = HashOf(Text);
    }

    /// <summary>Key of the header, a section of one entry.</summary>
    internal static StateKey HeaderKey { get; } = new(StateSections.Header, 0, 0);

    /// <summary>Every kind of entry with its fields, a line for each.</summary>
    public string Text { get; }

    /// <summary>The begin of the SHA-256 of <see cref="Text"/>: names the schema for people.</summary>
    public ulong Hash { get; }

    /// <summary>The schema of a checkpoint.</summary>
    /// <param name="header">The only entry of section <see cref="StateSections.Header"/>.</param>
    /// <exception cref="CheckpointFormatException">This build cannot read it, or the header is damaged; the message says what to do.</exception>
    public StoredSchema Read(StateEntry header)
    {
        var reader = new StateReader(header.Value);
        var version = reader.Int32();
        if (version != HashedHeaderVersion)
            CheckpointFormatException.Require(version, HeaderVersion, "header");
        ulong? hash = version == HashedHeaderVersion ? reader.UInt64() : null;
        var states = new List<(StateLayout Stored, StateLayout Current)>();
        for (var left = reader.Count(); left > 0; left--)
            states.Add(ReadState(reader, hasText: hash is null));
        if (!reader.AtEnd)
            throw CheckpointFormatException.TooLong(StateSections.Header);
        if (hash is { } expected && HashOf(TextOf(states.Select(state => state.Stored))) is var known && known != expected)
            throw CheckpointFormatException.OtherSchema(string.Create(CultureInfo.InvariantCulture, $"its schema is {expected:x16}, this build knows that one as {known:x16}"));
        return new StoredSchema(states);
    }

    internal void Save(StateWriter writer)
    {
        writer.Int32(HeaderVersion);
        writer.Int32(layouts.Count);
        foreach (var layout in layouts)
        {
            writer.String(layout.Name);
            writer.Int32(layout.Version);
            writer.String(layout.Text);
        }
    }

    private (StateLayout Stored, StateLayout Current) ReadState(StateReader reader, bool hasText)
    {
        var (name, version) = (reader.String() ?? string.Empty, reader.Int32());
        var text = hasText ? reader.String() : null;
        if (layouts.FirstOrDefault(layout => layout.Name == name) is not { } current)
            throw CheckpointFormatException.OtherSchema($"it has a section “{name}” that this build does not know");
        if (current.OfVersion(version) is not { } stored)
            throw CheckpointFormatException.OtherVersion(version, current.Version, $"section “{name}”");
        if (hasText && text != stored.Text)
            throw CheckpointFormatException.OtherSchema($"its section “{name}” of version {version} is encoded otherwise than this build knows");
        return (stored, current);
    }

    private static string TextOf(IEnumerable<StateLayout> layouts) => string.Join('\n', layouts.Select(layout => layout.Text));

    private static ulong HashOf(string text) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
