using System.Globalization;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation.Formats;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Writes views into one file for each partition.</summary>
internal sealed class PartitionFiles : IDisposable
{
    private const int BufferBytes = 1 << 16;

    private readonly RecordEncoder encoder;
    private readonly FileStream[] streams;
    private readonly byte[][] buffers;
    private readonly int[] used;

    public PartitionFiles(SimulationOptions options, SimulatedWorld world, string directory)
    {
        encoder = RecordEncoder.For(options.Format, world);
        streams = new FileStream[options.Partitions];
        buffers = new byte[options.Partitions][];
        used = new int[options.Partitions];
        try
        {
            for (var i = 0; i < streams.Length; i++)
            {
                var path = Path.Combine(directory, NameOf(i, options.Format));
                streams[i] = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, 0);
                buffers[i] = new byte[BufferBytes];
            }
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public IReadOnlyList<string> Names => [.. streams.Select(stream => stream.Name)];

    public static string NameOf(int partition, RecordFormat format) =>
        string.Create(CultureInfo.InvariantCulture, $"views-{partition}{RecordEncoder.ExtensionOf(format)}");

    /// <summary>The partition of a view. It depends on the view's id alone.</summary>
    public static int PartitionOf(in SimulatedView view, int partitions) => (int)(SimulationRandom.Mix(~view.Id) % (ulong)partitions);

    public void Write(in SimulatedView view)
    {
        var partition = streams.Length == 1 ? 0 : PartitionOf(view, streams.Length);
        if (BufferBytes - used[partition] < RecordEncoder.MaximumRecordBytes)
            Flush(partition);
        used[partition] += encoder.Encode(view, buffers[partition].AsSpan(used[partition]));
    }

    public void Flush()
    {
        for (var i = 0; i < streams.Length; i++)
            Flush(i);
    }

    public void Dispose()
    {
        foreach (var stream in streams)
            stream?.Dispose();
    }

    private void Flush(int partition)
    {
        streams[partition].Write(buffers[partition], 0, used[partition]);
        used[partition] = 0;
    }
}
