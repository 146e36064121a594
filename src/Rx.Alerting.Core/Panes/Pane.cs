using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// Counts of all keys in one small interval of event time, [<see cref="Start"/>, <see cref="End"/>) in milliseconds since
/// the Unix epoch. Adding a view commutes: the order and the batches in which views arrive leave no trace.
/// </summary>
internal sealed class Pane
{
    private PaneCells cells = new();
    private BucketIndex errorIndex = new();
    private PaneError[] errors = new PaneError[4];
    private TextArena text = new();
    private PaneLate? late;
    private int latestProperty;

    public long Start { get; private set; }

    public long End { get; private set; }

    public int CellCount => cells.Count;

    public int ErrorCount { get; private set; }

    /// <summary>Late views that came in the pane's interval; null while there are none.</summary>
    public PaneLate? Late { get; private set; }

    /// <summary>Nothing has been counted.</summary>
    public bool IsEmpty => CellCount == 0 && Late is null;

    /// <summary>What was counted in the interval up to the latest save, apart from what was up to the one before; null: nothing was.</summary>
    public Pane? Before { get; set; }

    /// <summary>Entries of the checkpoint that together hold what is <see cref="Before"/>.</summary>
    public int Entries { get; set; }

    public int TextLength => text.Length;

    /// <summary>Bytes of the pane's buffers, used or not.</summary>
    public long RoomBytes => cells.RoomBytes + errorIndex.RoomBytes + ((long)errors.Length * Unsafe.SizeOf<PaneError>()) + text.Room + (late?.RoomBytes ?? 0);

    /// <summary>Bytes of the pane's buffers that hold what has been counted.</summary>
    public long UsedBytes =>
        ((long)CellCount * Unsafe.SizeOf<PaneCell>()) + ((long)ErrorCount * Unsafe.SizeOf<PaneError>()) + text.Length + (Late?.UsedBytes ?? 0);

    public ref PaneCell Cell(int index) => ref cells[index];

    public ref PaneError Error(int index) => ref errors[index];

    public ReadOnlySpan<byte> Text(TextRange range) => text[range];

    /// <summary>Empties the pane, keeps its buffers, and makes it that of another interval.</summary>
    public void Reset(long start, long end)
    {
        (Start, End) = (start, end);
        cells.Clear();
        if (ErrorCount > 0 && !errorIndex.TryClear())
        {
            for (var i = 0; i < ErrorCount; i++)
                errorIndex.Head(errors[i].Hash) = -1;
        }

        ErrorCount = latestProperty = 0;
        text.Clear();
        Late?.Clear();
        (Late, Before, Entries) = (null, null, 0);
    }

    /// <summary>Adds the counts of another pane of the same interval.</summary>
    public void Add(Pane other)
    {
        for (var i = 0; i < other.CellCount; i++)
        {
            ref readonly var from = ref other.Cell(i);
            ref readonly var property = ref other.Cell(from.Property);
            var to = FindOrAddProperty(property.NameHash, other.text[property.Name]);
            if (!from.IsProperty(i))
                to = FindOrAddTitle(to, from.NameHash, other.text[from.Name]);
            cells[to].Views += from.Views;
            for (var next = from.FirstError; next >= 0; next = other.errors[next].NextInCell)
                Add(to, other, other.errors[next]);
        }

        foreach (var (late, count) in other.Late?.Counts ?? [])
            AddLate(late.Property, late.PaneStart, count);
    }

    public void Add(ViewBatch batch, in View view)
    {
        var property = FindOrAddProperty(view.PropertyHash, batch, view.Property);
        cells[property].Views++;
        var title = -1;
        if (!view.Title.IsEmpty)
        {
            var hash = KeyHash.Combine(view.PropertyHash, view.TitleHash);
            title = cells.FindTitle(property, hash, view.TitleHash);
            if (title < 0)
                title = cells.Insert(hash, view.TitleHash, text.Append(batch.Bytes(view.Title)), property);
            cells[title].Views++;
        }

        if (!view.Failed)
            return;
        ref readonly var failure = ref batch.Failures[view.Failure];
        Add(property, batch, view.EventTime, failure);
        if (title >= 0)
            Add(title, batch, view.EventTime, failure);
    }

    /// <summary>The cell of a property.</summary>
    public int FindOrAddProperty(ulong hash, ReadOnlySpan<byte> name)
    {
        var found = cells.FindProperty(hash);
        return found >= 0 ? found : cells.Insert(hash, hash, text.Append(name), CellCount);
    }

    /// <summary>The cell of a title of the property in cell <paramref name="property"/>.</summary>
    public int FindOrAddTitle(int property, ulong hash, ReadOnlySpan<byte> name)
    {
        var combined = KeyHash.Combine(cells[property].NameHash, hash);
        var found = cells.FindTitle(property, combined, hash);
        return found >= 0 ? found : cells.Insert(combined, hash, text.Append(name), property);
    }

    /// <summary>The errors of a type in a cell; with a count of 0 where there were none yet.</summary>
    public ref PaneError FindOrAddError(int cell, ulong typeHash, ReadOnlySpan<byte> type)
    {
        var hash = KeyHash.Combine(typeHash, (ulong)cell);
        for (var i = errorIndex.Head(hash); i >= 0; i = errors[i].Next)
        {
            if (errors[i].Hash == hash && errors[i].Cell == cell && text[errors[i].Type].SequenceEqual(type))
                return ref errors[i];
        }

        var added = ErrorCount;
        EnsureErrors();
        errors[added] = new PaneError
        {
            TypeHash = typeHash,
            Hash = hash,
            Type = text.Append(type),
            Cell = cell,
            NextInCell = cells[cell].FirstError,
            EvidenceTime = long.MinValue,
        };
        cells[cell].FirstError = added;
        ErrorCount++;
        errorIndex.Link(hash, added, ref errors[added].Next);
        return ref errors[added];
    }

    /// <summary>Counts views of a property, by its hash, that are late for the pane that begins at <paramref name="paneStart"/>.</summary>
    public void AddLate(ulong property, long paneStart, int count = 1) => (Late = late ??= new PaneLate()).Add(property, paneStart, count);

    /// <summary>Keeps what the latest failed view said; of two at the same time, what sorts last.</summary>
    public void Witness(ref PaneError error, long eventTime, ReadOnlySpan<byte> message, ReadOnlySpan<byte> videoTitle)
    {
        if (eventTime < error.EvidenceTime)
            return;
        if (eventTime == error.EvidenceTime)
        {
            var order = message.SequenceCompareTo(text[error.Message.Range]);
            if (order < 0 || (order == 0 && videoTitle.SequenceCompareTo(text[error.VideoTitle.Range]) <= 0))
                return;
        }

        error.EvidenceTime = eventTime;
        text.Replace(ref error.Message, message);
        text.Replace(ref error.VideoTitle, videoTitle);
    }

    /// <summary>Consecutive views are often of one property.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindOrAddProperty(ulong hash, ViewBatch batch, TextRange name)
    {
        if (latestProperty < CellCount && cells[latestProperty].NameHash == hash)
            return latestProperty;
        return latestProperty = FindOrAddProperty(hash, batch.Bytes(name));
    }

    private void Add(int cell, ViewBatch batch, long eventTime, in Failure failure)
    {
        ref var error = ref FindOrAddError(cell, failure.ErrorTypeHash, batch.Bytes(failure.ErrorType));
        error.Count++;
        Witness(ref error, eventTime, batch.Bytes(failure.Message), batch.Bytes(failure.VideoTitle));
    }

    private void Add(int cell, Pane other, in PaneError from)
    {
        ref var error = ref FindOrAddError(cell, from.TypeHash, other.text[from.Type]);
        error.Count += from.Count;
        Witness(ref error, from.EvidenceTime, other.text[from.Message.Range], other.text[from.VideoTitle.Range]);
    }

    private void EnsureErrors()
    {
        if (ErrorCount == errors.Length)
            Array.Resize(ref errors, errors.Length * 2);
        if (!errorIndex.IsFull(ErrorCount))
            return;
        errorIndex.Grow();
        for (var i = 0; i < ErrorCount; i++)
            errorIndex.Link(errors[i].Hash, i, ref errors[i].Next);
    }
}
