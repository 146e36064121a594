using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// Counts of all keys in one small interval of event time, [<see cref="Start"/>, <see cref="End"/>) in milliseconds since the Unix epoch.
/// Adding views commutes, so the order and the batches in which views arrive leave no trace.
/// </summary>
internal sealed partial class Pane
{
    private PaneCells cells = new();
    private PaneErrors errors = new();
    private TextArena text = new();
    private PaneLate? late;
    private int latestProperty;

    public long Start { get; private set; }

    public long End { get; private set; }

    public int CellCount => cells.Count;

    public int ErrorCount => errors.Count;

    /// <summary>Late views that came in the pane's interval. Null if there are none.</summary>
    public PaneLate? Late { get; private set; }

    /// <summary>Whether nothing has been counted.</summary>
    public bool IsEmpty => CellCount == 0 && Late is null;

    /// <summary>
    /// The counts of the interval that the latest save wrote. Counts of earlier saves follow in the same way. Null if no save wrote any.
    /// </summary>
    public Pane? Before { get; set; }

    /// <summary>How many entries of the checkpoint together have the counts of <see cref="Before"/>.</summary>
    public int Entries { get; set; }

    public int TextLength => text.Length;

    /// <summary>Bytes of the pane's buffers, used or not.</summary>
    public long RoomBytes => cells.RoomBytes + errors.RoomBytes + text.RoomBytes + (late?.RoomBytes ?? 0) + (samples?.RoomBytes ?? 0);

    /// <summary>Bytes of the pane's buffers that are in use.</summary>
    public long UsedBytes => cells.UsedBytes + errors.UsedBytes + text.Length + (Late?.UsedBytes ?? 0) + (Samples?.UsedBytes ?? 0);

    public ref PaneCell Cell(int index) => ref cells[index];

    public ref PaneError Error(int index) => ref errors[index];

    public ReadOnlySpan<byte> Text(TextRange range) => text[range];

    /// <summary>Empties the pane, keeps its buffers, and gives the pane another interval.</summary>
    public void Reset(long start, long end)
    {
        (Start, End) = (start, end);
        cells.Clear();
        errors.Clear();
        latestProperty = 0;
        text.Clear();
        Late?.Clear();
        Samples?.Clear();
        (Late, Samples, Before, Entries) = (null, null, null, 0);
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
        for (var i = 0; i < (other.Samples?.GroupCount ?? 0); i++)
            AddSamples(other, other.Samples![i]);
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

        var error = -1;
        if (view.Failed)
        {
            ref readonly var failure = ref batch.Failures[view.Failure];
            error = Add(property, batch, view.EventTime, failure);
            if (title >= 0)
                Add(title, batch, view.EventTime, failure);
        }

        if (view.Circumstances >= 0)
            AddSample(property, error, batch, view);
    }

    /// <summary>The cell of a property. Adds the cell if there is none.</summary>
    public int FindOrAddProperty(ulong hash, ReadOnlySpan<byte> name)
    {
        var found = cells.FindProperty(hash);
        return found >= 0 ? found : cells.Insert(hash, hash, text.Append(name), CellCount);
    }

    /// <summary>The cell of a title of the property in cell <paramref name="property"/>. Adds the cell if there is none.</summary>
    public int FindOrAddTitle(int property, ulong hash, ReadOnlySpan<byte> name)
    {
        var combined = KeyHash.Combine(cells[property].NameHash, hash);
        var found = cells.FindTitle(property, combined, hash);
        return found >= 0 ? found : cells.Insert(combined, hash, text.Append(name), property);
    }

    /// <summary>The errors of a type in a cell. Adds them, with a count of 0, if there are none.</summary>
    public int FindOrAddError(int cell, ulong typeHash, ReadOnlySpan<byte> type)
    {
        var hash = KeyHash.Combine(typeHash, (ulong)cell);
        var found = errors.Find(hash, cell, type, text);
        return found >= 0 ? found : errors.Insert(hash, typeHash, text.Append(type), cell, ref cells[cell].FirstError);
    }

    /// <summary>Counts late views of a property.</summary>
    /// <param name="property">Hash of the property's name.</param>
    /// <param name="paneStart">Begin of the pane for which the views are late.</param>
    /// <param name="count">Number of views.</param>
    public void AddLate(ulong property, long paneStart, int count = 1) =>
        (Late = late ??= new PaneLate()).Add(property, paneStart, count);

    /// <summary>Keeps the texts of the latest failed view. Of two views at the same time, the texts that sort last are kept.</summary>
    public void KeepEvidence(ref PaneError error, long eventTime, ReadOnlySpan<byte> message, ReadOnlySpan<byte> videoTitle)
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

    /// <summary>The cell of a property. The property before is tried first, because consecutive views are often of one property.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int FindOrAddProperty(ulong hash, ViewBatch batch, TextRange name)
    {
        if (latestProperty < CellCount && cells[latestProperty].NameHash == hash)
            return latestProperty;
        return latestProperty = FindOrAddProperty(hash, batch.Bytes(name));
    }

    private int Add(int cell, ViewBatch batch, long eventTime, in Failure failure)
    {
        var index = FindOrAddError(cell, failure.ErrorTypeHash, batch.Bytes(failure.ErrorType));
        ref var error = ref errors[index];
        error.Count++;
        KeepEvidence(ref error, eventTime, batch.Bytes(failure.Message), batch.Bytes(failure.VideoTitle));
        return index;
    }

    private void Add(int cell, Pane other, in PaneError from)
    {
        ref var error = ref errors[FindOrAddError(cell, from.TypeHash, other.text[from.Type])];
        error.Count += from.Count;
        KeepEvidence(ref error, from.EvidenceTime, other.text[from.Message.Range], other.text[from.VideoTitle.Range]);
    }
}
