using System.Globalization;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>An outside system with some partitions, and what reads it.</summary>
internal abstract class SourceFixture : IAsyncDisposable
{
    public abstract SourceAbilities Abilities { get; }

    /// <summary>The names of the partitions, as batches carry them.</summary>
    public abstract IReadOnlyList<string> Partitions { get; }

    /// <summary>
    /// The most records that a source may have taken and not yet pushed. Asked for only if <see cref="RecordsTaken"/> is known.
    /// </summary>
    public virtual long MaximumAhead => 0;

    /// <summary>A new source of the same partitions. The fixture disposes of it.</summary>
    public abstract IViewSource Open();

    /// <summary>Appends views in this order, each a record with its id as <c>video_id</c>. Ends when they can be read.</summary>
    public virtual Task AppendAsync(int partition, IReadOnlyList<string> ids) => throw new NotSupportedException();

    /// <summary>Says that nothing will be appended to the partition any more.</summary>
    public virtual Task FinishAsync(int partition) => Task.CompletedTask;

    /// <summary>How many records <paramref name="source"/> has taken from outside so far. Null if that is not known.</summary>
    public virtual long? RecordsTaken(IViewSource source) => null;

    public virtual ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A Mux JSON record without a line end; <paramref name="second"/> is its event time, from the beginning of 2026.</summary>
    protected static string MuxJson(string id, long second) => string.Create(
        CultureInfo.InvariantCulture, $$"""{"property_id":"p","video_id":"{{id}}","view_end":{{1_767_225_600 + second}}}""");
}
