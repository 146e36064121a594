using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Explain;

/// <summary>Reads files once or, where that is better, twice.</summary>
/// <remarks>
/// If the views have too many different values for the memory, they are thinned. By then it is known which values matter, so files are read
/// again, and only those values are told apart. The standard input cannot be read again.
/// </remarks>
internal sealed class IntervalReading(ExplainRequest request, FileViewSource source, ReadingProgress progress) : IPartitionGate
{
    /// <summary>The most memory of failed views, and of the others. Enough for some 200,000 different rows.</summary>
    public const long MaximumBytes = 64 << 20;

    /// <summary>Reads to the end.</summary>
    /// <param name="maximumBytes">Usually <see cref="MaximumBytes"/>.</param>
    /// <param name="stop">Ends with an <see cref="OperationCanceledException"/>.</param>
    public IntervalCounts Read(long maximumBytes, CancellationToken stop)
    {
        var first = Read(new(request, nameable: null, maximumBytes), string.Empty, stop);
        var canReadAgain = source.Progress.TotalBytes is not null && source.Problems.Count == 0;
        return first.IsThinned && canReadAgain
            ? Read(new(request, NameableValues.Of(first.Failed, request.Columns.Count), maximumBytes), ", second reading", stop)
            : first;
    }

    bool IPartitionGate.IsOpen(string partition) => true;

    private IntervalCounts Read(IntervalCounts counts, string note, CancellationToken stop)
    {
        var ended = new TaskCompletionSource();
        var reading = source.Read(new Dictionary<string, string>(), this).Subscribe(
            batch =>
            {
                counts.Add(batch);
                progress.Report(source.Progress, () => note);
            },
            failure => ended.TrySetException(failure),
            () => ended.TrySetResult());
        using (reading)
            ended.Task.WaitAsync(stop).GetAwaiter().GetResult();
        return counts;
    }
}
