using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>How a build encodes the whole state of a pipeline. Every checkpoint has it in its header, and is loaded only by builds that have the same one.</summary>
/// <remarks>The hash is the begin of the SHA-256 of all layouts: it differs where a layout has changed and its version was forgotten.</remarks>
public sealed class CheckpointSchema
{
    /// <summary>Version of the header, and of export files.</summary>
    internal const int FormatVersion = 3;

    private readonly IReadOnlyList<StateLayout> layouts;

    internal CheckpointSchema(IReadOnlyList<StateLayout> layouts)
    {
        this.layouts = layouts;
        Text = string.Join('\n', layouts.Select(layout => layout.Text));
        Hash = BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
    }

    /// <summary>Key of the header, a section of one entry.</summary>
    internal static StateKey HeaderKey { get; } = new(StateSections.Header, 0, 0);

    /// <summary>Every kind of entry with its fields, a line for each.</summary>
    public string Text { get; }

    public ulong Hash { get; }

    /// <summary>Refuses the checkpoint of another schema.</summary>
    /// <param name="header">The only entry of section <see cref="StateSections.Header"/>.</param>
    /// <exception cref="CheckpointFormatException">Versions or hash are not those of this build, or the header is damaged; the message says what to do.</exception>
    public void Check(StateEntry header)
    {
        var reader = new StateReader(header.Value);
        CheckpointFormatException.Require(reader.Int32(), FormatVersion, "header");
        var hash = reader.UInt64();
        var states = reader.Count();
        for (var i = 0; i < states; i++)
        {
            var (name, version) = (reader.String() ?? string.Empty, reader.Int32());
            if (layouts.FirstOrDefault(layout => NameOf(layout) == name) is not { } known)
                throw CheckpointFormatException.OtherSchema($"it has a section “{name}” that this build does not know");
            CheckpointFormatException.Require(version, known.Version, $"section “{name}”");
        }

        if (!reader.AtEnd)
            throw CheckpointFormatException.TooLong(StateSections.Header);
        if (states != layouts.Count)
            throw CheckpointFormatException.OtherSchema($"it has {states} states, this build has {layouts.Count}");
        if (hash != Hash)
            throw CheckpointFormatException.OtherSchema(string.Create(CultureInfo.InvariantCulture, $"its schema is {hash:x16}, this build has {Hash:x16}"));
    }

    /// <summary>An entry with its fields by name, for people.</summary>
    /// <exception cref="CheckpointFormatException">It is not encoded as this schema says.</exception>
    public JsonObject Show(StateEntry entry) =>
        layouts.FirstOrDefault(layout => layout.Sections.Contains(entry.Key.Section))?.Read(entry)
            ?? throw CheckpointFormatException.OtherSchema($"it has a section “{entry.Key.Section}” that this build does not know");

    internal void Save(StateWriter writer)
    {
        writer.Int32(FormatVersion);
        writer.UInt64(Hash);
        writer.Int32(layouts.Count);
        foreach (var layout in layouts)
        {
            writer.String(NameOf(layout));
            writer.Int32(layout.Version);
        }
    }

    private static string NameOf(StateLayout layout) => string.Join(' ', layout.Sections);
}
