using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// The failures of one error type among the latest views of one key, oldest first.
/// </summary>
/// <remarks>
/// A key counts its views through; the count is the <i>position</i>. Only panes with a failure of the type leave an entry:
/// the position at which the pane began, its views, its errors. So a window costs as much as there are failures in it, and
/// successful views, which are nearly all, cost nothing. The window of N views covers the positions behind V − N, V being
/// the key's position now; where that falls inside a pane with failures, the window is widened to the whole pane.
/// </remarks>
internal struct ErrorWindow
{
    private Entry[] entries;
    private int head;
    private int count;

    public ErrorWindow() => entries = [];

    /// <summary>Position at which the window begins at the earliest: the latest restart.</summary>
    public long Start { get; private set; }

    public readonly int Count => count;

    /// <summary>Adds the errors of the pane that begins at <paramref name="position"/>; several additions for the same pane add up.</summary>
    public void Add(long position, int views, int errors, long paneStart)
    {
        if (count > 0 && this[count - 1].Position == position)
        {
            this[count - 1].Errors += errors;
            return;
        }

        if (count == entries.Length)
            Grow();
        count++;
        this[count - 1] = new Entry { Position = position, Views = views, Errors = errors, PaneStart = paneStart };
    }

    /// <summary>Removes the panes that end at or before <paramref name="position"/> and gives their errors.</summary>
    public long Leave(long position)
    {
        long errors = 0;
        while (count > 0 && this[0].End <= position)
        {
            errors += this[0].Errors;
            head = (head + 1) & (entries.Length - 1);
            count--;
        }

        return errors;
    }

    /// <summary>Forgets everything before <paramref name="position"/>.</summary>
    public void Restart(long position)
    {
        Start = position;
        head = count = 0;
        entries = [];
    }

    /// <summary>A walk through ever larger windows of the latest views, <paramref name="position"/> being the key's position.</summary>
    public readonly Scan Walk(long position) => new(this, position);

    /// <summary>The window of the latest <paramref name="views"/> views.</summary>
    public readonly WindowCount Latest(long position, long views) => Walk(position).Extend(views);

    /// <summary>Errors in panes that begin at <paramref name="time"/> or later, and the views from the first of those on.</summary>
    public readonly WindowCount Since(long position, long time)
    {
        long errors = 0, start = position, startedAt = long.MaxValue;
        for (var i = count - 1; i >= 0 && this[i].PaneStart >= time; i--)
        {
            errors += this[i].Errors;
            (start, startedAt) = (this[i].Position, this[i].PaneStart);
        }

        return new WindowCount(position - start, errors, startedAt);
    }

    public const string Layout = "start i64, entries [position i64, views i32, errors i32, paneStart i64]";

    public readonly void Save(StateWriter writer)
    {
        writer.Int64(Start);
        writer.Int32(count);
        for (var i = 0; i < count; i++)
        {
            ref readonly var entry = ref this[i];
            writer.Int64(entry.Position);
            writer.Int32(entry.Views);
            writer.Int32(entry.Errors);
            writer.Int64(entry.PaneStart);
        }
    }

    public static ErrorWindow Load(StateReader reader)
    {
        var window = new ErrorWindow { Start = reader.Int64() };
        for (var left = reader.Count(); left > 0; left--)
            window.Add(reader.Int64(), reader.Int32(), reader.Int32(), reader.Int64());
        return window;
    }

    private readonly ref Entry this[int index] => ref entries[(head + index) & (entries.Length - 1)];

    private void Grow()
    {
        var larger = new Entry[Math.Max(2, entries.Length * 2)];
        for (var i = 0; i < count; i++)
            larger[i] = this[i];
        (entries, head) = (larger, 0);
    }

    private struct Entry
    {
        public long Position;
        public int Views;
        public int Errors;
        public long PaneStart;

        public readonly long End => Position + Views;
    }

    /// <summary>Each step looks only at what the step before has not.</summary>
    public struct Scan
    {
        private readonly ErrorWindow window;
        private readonly long position;
        private int index;
        private long start;
        private long errors;
        private long startedAt;

        internal Scan(ErrorWindow window, long position)
        {
            (this.window, this.position) = (window, position);
            index = window.count;
            start = position;
            startedAt = long.MaxValue;
        }

        /// <summary>True when the walk has reached the begin of all there is.</summary>
        public readonly bool AtStart => start <= window.Start;

        /// <summary>The window of the latest <paramref name="views"/> views, never fewer than at the step before.</summary>
        public WindowCount Extend(long views)
        {
            start = Math.Min(start, Math.Max(window.Start, position - views));
            for (; index > 0; index--)
            {
                ref readonly var entry = ref window[index - 1];
                if (entry.End <= start)
                    break;
                errors += entry.Errors;
                startedAt = entry.PaneStart;
                start = Math.Min(start, entry.Position);
            }

            return new WindowCount(position - start, errors, startedAt);
        }
    }
}
