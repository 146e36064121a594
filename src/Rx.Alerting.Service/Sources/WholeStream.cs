using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Sources;

/// <summary>A stream that is not shared: one pipeline reads all of it, under the stream's name.</summary>
internal sealed class WholeStream(string name, IViewSource source) : IPartitionAssignments, IDisposable
{
    public string? Trouble => source.Trouble;

    public string? Delay => source.Delay;

    public IReadOnlyList<PartitionProgress> Progress => source.Progress;

    public IReadOnlyList<SourceCount> Counts => source.Counts;

    public bool Has(string partition) => partition == name;

    public Task RunAsync(RunPartition run, CancellationToken stop) => run(name, source, stop);

    public void Dispose() => (source as IDisposable)?.Dispose();
}
