using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How this build encodes the state of a pipeline, and which encodings of earlier releases this build can read.</summary>
/// <remarks>
/// The header of a checkpoint has the version and the text of each state's layout. A build can read its own layouts, and the layouts of
/// earlier releases from which it has upgrade steps. The text reveals a layout that was changed without a new version.
/// </remarks>
public sealed class CheckpointSchema
{
    /// <summary>Version of the header that has the texts of the layouts.</summary>
    internal const int HeaderVersion = 4;

    /// <summary>Version of the header of earlier releases. It has a hash of all texts instead.</summary>
    private const int HashedHeaderVersion = 3;

    private readonly IReadOnlyList<StateLayout> layouts;

    internal CheckpointSchema(IReadOnlyList<StateLayout> layouts)
    {
        this.layouts = layouts;
        Text = TextOf(layouts);
        Hash = HashOf(Text);
    }

    /// <summary>Key of the header. The header is a section of one entry.</summary>
    internal static StateKey HeaderKey { get; } = new(StateSections.Header, 0, 0);

    /// <summary>The fields of all kinds of entries, one kind a line.</summary>
    public string Text { get; }

    /// <summary>The first 64 bits of the SHA-256 of <see cref="Text"/>: the schema's name for people.</summary>
    public ulong Hash { get; }

    /// <summary>The versions of all states in a checkpoint, for people. Also of a checkpoint that this build cannot read.</summary>
    /// <param name="header">The only entry of section <see cref="StateSections.Header"/>.</param>
    /// <returns>Empty if the header is of an unknown version.</returns>
    /// <exception cref="CheckpointFormatException">The header is damaged.</exception>
    public IReadOnlyList<StoredVersion> ReadVersions(StateEntry header)
    {
        var reader = new StateReader(header.Value);
        var version = reader.Int32();
        if (version is not (HashedHeaderVersion or HeaderVersion))
            return [];
        if (version == HashedHeaderVersion)
            reader.UInt64();
        var versions = new List<StoredVersion>();
        for (var left = reader.Count(); left > 0; left--)
        {
            var (name, stored) = (reader.String() ?? string.Empty, reader.Int32());
            if (version == HeaderVersion)
                reader.String();
            versions.Add(new(name, stored, layouts.FirstOrDefault(layout => layout.Name == name)?.Version));
        }

        return versions;
    }

    /// <summary>Reads the schema of a checkpoint.</summary>
    /// <param name="header">The only entry of section <see cref="StateSections.Header"/>.</param>
    /// <exception cref="CheckpointFormatException">This build cannot read the checkpoint, or the header is damaged. The message says what
    /// to do.</exception>
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
        if (hash is { } expected)
            CheckHash(states, expected);
        return new StoredSchema(states);
    }

    private static void CheckHash(IEnumerable<(StateLayout Stored, StateLayout Current)> states, ulong expected)
    {
        var known = HashOf(TextOf(states.Select(state => state.Stored)));
        if (known == expected)
            return;
        throw CheckpointFormatException.OtherSchema(string.Create(
            CultureInfo.InvariantCulture,
            $"its schema is {expected:x16}, this build knows that one as {known:x16}"));
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
        {
            throw CheckpointFormatException.OtherSchema(
                $"its section “{name}” of version {version} is encoded otherwise than this build knows");
        }

        return (stored, current);
    }

    private static string TextOf(IEnumerable<StateLayout> layouts) => string.Join('\n', layouts.Select(layout => layout.Text));

    private static ulong HashOf(string text) =>
        BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
