using System.IO.Compression;
using System.Text;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>All that came out of reading some files.</summary>
/// <param name="Views">Property, title, event time, error type and partition of every view, in the order they were pushed.</param>
/// <param name="Rejected">Rejected records by reason.</param>
/// <param name="Batches">Partition, position and status of every batch.</param>
/// <param name="Problems">The source's problems afterwards.</param>
/// <param name="Progress">The source's progress afterwards.</param>
internal sealed record FileReading(
    IReadOnlyList<string> Views,
    IReadOnlyDictionary<RejectionReason, int> Rejected,
    IReadOnlyList<(string Partition, string? Position, PartitionStatus Status)> Batches,
    IReadOnlyList<SourceProblem> Problems,
    FileSourceProgress Progress)
{
    internal int Records => Views.Count + Rejected.Values.Sum();

    internal static FileReading Of(FileSourceOptions options, IReadOnlyDictionary<string, string>? positions = null)
    {
        using var source = FileViewSource.Open(options);
        var collector = new Collector();
        source.Read(positions ?? new Dictionary<string, string>(), OpenGate.Instance).Subscribe(collector);
        collector.Completed.Task.GetAwaiter().GetResult();
        return new(collector.Views, collector.Rejected, collector.Batches, source.Problems, source.Progress);
    }

    internal static byte[] Gzip(ReadOnlySpan<byte> bytes)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(bytes);
        return target.ToArray();
    }

    /// <summary>A line of Mux JSON whose view ended <paramref name="second"/> seconds into 2026.</summary>
    internal static string Line(long second, string title = "t", string property = "p") =>
        $$"""{"property_id":"{{property}}","video_id":"{{title}}","view_end":{{1_767_225_600 + second}}}""";

    internal static byte[] Lines(params string[] lines) => Encoding.UTF8.GetBytes(string.Join('\n', lines) + "\n");

    private sealed class Collector : IObserver<ViewBatch>
    {
        internal List<string> Views { get; } = [];

        internal Dictionary<RejectionReason, int> Rejected { get; } = [];

        internal List<(string Partition, string? Position, PartitionStatus Status)> Batches { get; } = [];

        internal TaskCompletionSource Completed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public void OnNext(ViewBatch value)
        {
            Batches.Add((value.Partition, value.Position, value.Status));
            foreach (var view in value.Views)
            {
                var errorType = view.Failed ? value.String(value.Failures[view.Failure].ErrorType) : "";
                Views.Add($"{value.String(view.Property)} {value.String(view.Title)} {view.EventTime} {errorType} {value.Partition}");
            }

            for (var reason = 0; reason < value.Rejected.Length; reason++)
            {
                if (value.Rejected[reason] > 0)
                    Rejected[(RejectionReason)reason] = Rejected.GetValueOrDefault((RejectionReason)reason) + value.Rejected[reason];
            }
        }

        public void OnCompleted() => Completed.SetResult();

        public void OnError(Exception error) => Completed.SetException(error);
    }
}
