using System.Runtime.CompilerServices;
using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// The unit of work: consecutive records of one partition, decoded. A source owns its batches, and may reuse a batch as soon as
/// <c>OnNext</c> has returned. An observer that keeps a text must copy the text.
/// </summary>
public sealed partial class ViewBatch
{
    /// <summary>How many rejected records of each reason a batch keeps as samples: a common reason must not hide a rare one.</summary>
    public const int MaximumSamples = 4;

    private readonly int[] rejected = new int[Enum.GetValues<RejectionReason>().Length];
    private readonly List<(RejectionReason Reason, TextRange Record)> samples = new(MaximumSamples);
    private View[] views = [];
    private Failure[] failures = [];
    private Circumstances[] circumstances = [];
    private RejectionReason latest;
    private bool isLatestSampled;

    public ViewBatch(string partition) => Partition = partition;

    /// <summary>The partition's name, unique in its source, such as a file, <c>topic-0</c> or a shard id.</summary>
    public string Partition { get; set; }

    /// <summary>Where to read on after this batch, in the source's own notation. Null: the partition is finished for good.</summary>
    public string? Position { get; set; }

    /// <summary>The partition's status behind this batch.</summary>
    public PartitionStatus Status { get; set; }

    /// <summary>The bytes to which the views' ranges refer.</summary>
    public byte[] Text { get; private set; } = [];

    /// <summary>How many bytes of <see cref="Text"/> are in use.</summary>
    public int TextLength { get; private set; }

    public Span<View> Views => views.AsSpan(0, ViewCount);

    public int ViewCount { get; private set; }

    public ReadOnlySpan<Failure> Failures => failures.AsSpan(0, FailureCount);

    public int FailureCount { get; private set; }

    public ReadOnlySpan<Circumstances> Circumstances => circumstances.AsSpan(0, CircumstancesCount);

    public int CircumstancesCount { get; private set; }

    /// <summary>Number of rejected records by reason, indexed by <see cref="RejectionReason"/>.</summary>
    public ReadOnlySpan<int> Rejected => rejected;

    /// <summary>Number of rejected records of all reasons.</summary>
    public int RejectedCount { get; private set; }

    /// <summary>The first rejected records of each reason, at most <see cref="MaximumSamples"/>, for the dead-letter output.</summary>
    public IReadOnlyList<(RejectionReason Reason, TextRange Record)> Samples => samples;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<byte> Bytes(TextRange range) => Text.AsSpan(range.Offset, range.Length);

    public string String(TextRange range) => Encoding.UTF8.GetString(Bytes(range));

    /// <summary>Empties the batch and keeps its buffers.</summary>
    public void Clear()
    {
        Position = null;
        Status = PartitionStatus.Active;
        TextLength = ViewCount = FailureCount = CircumstancesCount = RejectedCount = 0;
        Array.Clear(rejected);
        samples.Clear();
    }

    /// <summary>
    /// Reserves <paramref name="length"/> bytes at the end of the text. <see cref="Commit"/> then adds those that were written.
    /// </summary>
    public Span<byte> Reserve(int length)
    {
        if (Text.Length - TextLength < length)
        {
            var larger = new byte[Math.Max(TextLength + length, Text.Length * 2)];
            Text.AsSpan(0, TextLength).CopyTo(larger);
            Text = larger;
        }

        return Text.AsSpan(TextLength, length);
    }

    public TextRange Commit(int length)
    {
        var range = new TextRange(TextLength, length);
        TextLength += length;
        return range;
    }

    public TextRange Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(Reserve(bytes.Length));
        return Commit(bytes.Length);
    }

    public void Add(in View view) => Add() = view;

    /// <summary>Adds a view at the end, to be filled in place. Its fields are undefined before.</summary>
    public ref View Add()
    {
        if (ViewCount == views.Length)
            Array.Resize(ref views, Math.Max(8, views.Length * 2));
        return ref views[ViewCount++];
    }

    /// <summary>Keeps the first <paramref name="count"/> views.</summary>
    public void Truncate(int count) => ViewCount = Math.Min(ViewCount, count);

    /// <summary>Adds the fields of a failed view.</summary>
    /// <returns>The index, for <see cref="View.Failure"/>.</returns>
    public int Add(in Failure failure)
    {
        if (FailureCount == failures.Length)
            Array.Resize(ref failures, Math.Max(8, failures.Length * 2));
        failures[FailureCount] = failure;
        return FailureCount++;
    }

    /// <summary>Adds the circumstances of a view, to be filled in place. They are empty before.</summary>
    /// <param name="index">For <see cref="View.Circumstances"/>.</param>
    public ref Circumstances AddCircumstances(out int index)
    {
        if (CircumstancesCount == circumstances.Length)
            Array.Resize(ref circumstances, Math.Max(8, circumstances.Length * 2));
        index = CircumstancesCount++;
        circumstances[index] = default;
        return ref circumstances[index];
    }

    /// <summary>Copies the texts of a view of another batch into this batch. The view itself is not added.</summary>
    /// <returns>The view, with ranges of this batch.</returns>
    public View Import(ViewBatch other, in View view)
    {
        var copy = view;
        copy.Property = Append(other.Bytes(view.Property));
        copy.Title = Append(other.Bytes(view.Title));
        if (view.Failed)
        {
            var failure = other.Failures[view.Failure];
            failure.ErrorType = Append(other.Bytes(failure.ErrorType));
            failure.Message = Append(other.Bytes(failure.Message));
            failure.VideoTitle = Append(other.Bytes(failure.VideoTitle));
            copy.Failure = Add(failure);
        }

        if (view.Circumstances >= 0)
        {
            ref var added = ref AddCircumstances(out copy.Circumstances);
            added = other.Circumstances[view.Circumstances];
            foreach (ref var value in (Span<TextRange>)added.Values)
                value = Append(other.Bytes(value));
        }

        return copy;
    }

    /// <summary>
    /// Drops the text from <paramref name="start"/> on, except the parts to which the latest view refers. The latest view must have been
    /// decoded from that text. The text of a view with circumstances stays whole: such views are few, and refer to most of their text.
    /// </summary>
    public void Compact(int start)
    {
        ref var view = ref views[ViewCount - 1];
        if (view.Circumstances >= 0)
            return;
        TextLength = start;
        if (view.Property.Offset < view.Title.Offset)
        {
            view.Property = MoveToEnd(view.Property);
            view.Title = MoveToEnd(view.Title);
        }
        else
        {
            view.Title = MoveToEnd(view.Title);
            view.Property = MoveToEnd(view.Property);
        }
    }

    /// <summary>Counts a record as rejected. The first rejected records of a batch are kept as samples.</summary>
    public void Reject(RejectionReason reason, TextRange record)
    {
        RejectedCount++;
        latest = reason;
        isLatestSampled = rejected[(int)reason]++ < MaximumSamples;
        if (isLatestSampled)
            samples.Add((reason, record));
    }

    /// <summary>
    /// Takes back the latest rejection, because the rejected text turned out to be several records, or a part of a record. May be called
    /// once for each rejection.
    /// </summary>
    public void Withdraw()
    {
        rejected[(int)latest]--;
        RejectedCount--;
        if (isLatestSampled)
            samples.RemoveAt(samples.Count - 1);
    }

    private TextRange MoveToEnd(TextRange range)
    {
        Text.AsSpan(range.Offset, range.Length).CopyTo(Text.AsSpan(TextLength));
        return Commit(range.Length);
    }
}
