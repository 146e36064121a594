using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Tests.Checkpoints;

/// <summary>Turns states into the bytes of an exported file, and back.</summary>
internal static class ExportedState
{
    public static readonly CheckpointOrigin Origin = new("views", 7, new DateTimeOffset(2026, 3, 2, 1, 2, 3, TimeSpan.Zero));

    public static byte[] Bytes(IReadOnlyList<StateEntry> entries, int chunk = 1000)
    {
        var stream = new MemoryStream();
        var writer = new CheckpointFileWriter(stream);
        writer.Begin(Origin);
        foreach (var part in entries.Chunk(chunk))
            writer.Write(part);
        writer.End();
        return stream.ToArray();
    }

    public static IReadOnlyList<StateEntry> Entries(byte[] file) =>
        [.. new CheckpointFileReader(new MemoryStream(file)).ReadEntries().SelectMany(chunk => chunk)];
}
