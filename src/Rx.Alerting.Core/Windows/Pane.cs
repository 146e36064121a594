using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// Counts of all keys in one small interval of event time, [<see cref="Start"/>, <see cref="End"/>) in milliseconds since
/// the Unix epoch. Adding a view commutes: the order and the batches in which views arrive leave no trace.
/// </summary>
internal sealed class Pane
{
    private BucketIndex cellIndex = new();
    private BucketIndex errorIndex = new();
    private PaneCell[] cells = new PaneCell[4];
    private PaneError[] errors = new PaneError[4];
    private TextArena text = new();

    public long Start { get; private set; }

    public long End { get; private set; }

    public int CellCount { get; private set; }

    public int ErrorCount { get; private set; }

    public ref PaneCell Cell(int index) => ref cells[index];

    public ref PaneError Error(int index) => ref errors[index];

    public ReadOnlySpan<byte> Text(TextRange range) => text[range];

    /// <summary>Empties the pane, keeps its buffers, and makes it that of another interval.</summary>
    public void Reset(long start, long end)
    {
        (Start, End) = (start, end);
        for (var i = 0; i < CellCount; i++)
            cellIndex.Head(cells[i].Hash) = -1;
        for (var i = 0; i < ErrorCount; i++)
            errorIndex.Head(errors[i].Hash) = -1;
        CellCount = ErrorCount = 0;
        text.Clear();
    }

    public void Add(ViewBatch batch, in View view)
    {
        var cell = FindOrAdd(view.PropertyHash, batch.Bytes(view.Property), view.TitleHash, batch.Bytes(view.Title));
        cells[cell].Views++;
        var property = cells[cell].Property;
        if (property != cell)
            cells[property].Views++;
        if (!view.Failed)
            return;

        ref readonly var failure = ref batch.Failures[view.Failure];
        Add(cell, batch, view.EventTime, failure);
        if (property != cell)
            Add(property, batch, view.EventTime, failure);
    }

    /// <summary>The cell of a title, or of the property itself where <paramref name="title"/> is empty.</summary>
    public int FindOrAdd(ulong propertyHash, ReadOnlySpan<byte> property, ulong titleHash, ReadOnlySpan<byte> title)
    {
        var ofProperty = title.IsEmpty;
        var hash = ofProperty ? propertyHash : KeyHash.Combine(propertyHash, titleHash);
        for (var i = cellIndex.Head(hash); i >= 0; i = cells[i].Next)
        {
            ref readonly var cell = ref cells[i];
            if (cell.Hash == hash && cell.IsProperty(i) == ofProperty && text[cells[cell.Property].Name].SequenceEqual(property)
                && (ofProperty || text[cell.Name].SequenceEqual(title)))
                return i;
        }

        var parent = ofProperty ? -1 : FindOrAdd(propertyHash, property, 0, []);
        var added = CellCount;
        EnsureCells();
        cells[added] = new PaneCell
        {
            PropertyHash = propertyHash,
            TitleHash = titleHash,
            Hash = hash,
            Name = text.Append(ofProperty ? property : title),
            Property = ofProperty ? added : parent,
            FirstError = -1,
        };
        CellCount++;
        Link(ref cellIndex.Head(hash), added, ref cells[added].Next);
        return added;
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
        Link(ref errorIndex.Head(hash), added, ref errors[added].Next);
        return ref errors[added];
    }

    /// <summary>Keeps what the latest failed view said; of two at the same time, what sorts last.</summary>
    public void Witness(ref PaneError error, long eventTime, ReadOnlySpan<byte> message, ReadOnlySpan<byte> videoTitle)
    {
        if (eventTime < error.EvidenceTime)
            return;
        if (eventTime == error.EvidenceTime)
        {
            var order = message.SequenceCompareTo(text[error.Message]);
            if (order < 0 || (order == 0 && videoTitle.SequenceCompareTo(text[error.VideoTitle]) <= 0))
                return;
        }

        error.EvidenceTime = eventTime;
        error.Message = text.Append(message);
        error.VideoTitle = text.Append(videoTitle);
    }

    private void Add(int cell, ViewBatch batch, long eventTime, in Failure failure)
    {
        ref var error = ref FindOrAddError(cell, failure.ErrorTypeHash, batch.Bytes(failure.ErrorType));
        error.Count++;
        Witness(ref error, eventTime, batch.Bytes(failure.Message), batch.Bytes(failure.VideoTitle));
    }

    private void EnsureCells()
    {
        if (CellCount == cells.Length)
            Array.Resize(ref cells, cells.Length * 2);
        if (!cellIndex.IsFull(CellCount))
            return;
        cellIndex.Grow();
        for (var i = 0; i < CellCount; i++)
            Link(ref cellIndex.Head(cells[i].Hash), i, ref cells[i].Next);
    }

    private void EnsureErrors()
    {
        if (ErrorCount == errors.Length)
            Array.Resize(ref errors, errors.Length * 2);
        if (!errorIndex.IsFull(ErrorCount))
            return;
        errorIndex.Grow();
        for (var i = 0; i < ErrorCount; i++)
            Link(ref errorIndex.Head(errors[i].Hash), i, ref errors[i].Next);
    }

    private static void Link(ref int head, int item, ref int next)
    {
        next = head;
        head = item;
    }
}
