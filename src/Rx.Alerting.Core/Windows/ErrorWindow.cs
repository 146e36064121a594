using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>
/// The failures of one error type among the latest views of one key, oldest first.
/// </summary>
/// <remarks>
/// <para>A property or title counts its views through; the count is the <i>position</i>. Only panes with a failure of the type leave an
/// entry: the position at which the pane began, its views, its errors. So a window costs as much as there are failures in it.
/// Successful views, nearly all, cost nothing.</para>
/// <para>The window of N views covers the positions behind V − N, V being the position now. If that falls inside a pane with failures,
/// the window is widened to the whole pane.</para>
/// </remarks>
internal struct ErrorWindow
{
    private FailedPane[] entries;
    private int head;
    private int count;

    public ErrorWindow() => entries = [];

    /// <summary>The position of the latest restart: no window begins before it.</summary>
    public long Start { get; private set; }

    public readonly int Count => count;

    /// <summary>Whether both are copies of one window.</summary>
    public readonly bool IsSameAs(in ErrorWindow other) => entries == other.entries && count > 0;

    /// <summary>Errors in the largest window: at least as many as in any smaller one.</summary>
    public int Errors { get; private set; }

    /// <summary>Begin of the oldest pane with errors (ms since the Unix epoch); <see cref="long.MaxValue"/>: there is none.</summary>
    public readonly long OldestPane => count > 0 ? this[0].PaneStart : long.MaxValue;

    /// <summary>Position of the oldest pane with errors, or <paramref name="position"/> where there is none.</summary>
    public readonly long OldestPosition(long position) => count > 0 ? this[0].Position : position;

    /// <summary>Begin of the latest pane with errors (ms since the Unix epoch); <see cref="long.MinValue"/>: there is none.</summary>
    public readonly long LatestPane => count > 0 ? this[count - 1].PaneStart : long.MinValue;

    /// <summary>Adds errors of the pane that begins at <paramref name="position"/>. Several additions for one pane add up.</summary>
    /// <param name="position">The key's position before the pane.</param>
    /// <param name="views">Views of the key in the pane.</param>
    /// <param name="errors">Those that failed with the error type.</param>
    /// <param name="paneStart">Begin of the pane (ms since the Unix epoch).</param>
    /// <param name="pool">Where room for more entries comes from.</param>
    public void Add(long position, int views, int errors, long paneStart, FailedPanePool pool)
    {
        Errors += errors;
        if (count > 0 && this[count - 1].Position == position)
        {
            this[count - 1].Errors += errors;
            return;
        }

        if (count == entries.Length)
            Move(Math.Max(2, entries.Length * 2), pool);
        count++;
        this[count - 1] = new FailedPane { Position = position, Views = views, Errors = errors, PaneStart = paneStart };
    }

    /// <summary>
    /// Removes the panes that end at or before <paramref name="position"/>, and gives their errors. If three quarters of the room are
    /// empty, half of it goes back to the pool.
    /// </summary>
    /// <param name="position">Where the largest window begins.</param>
    /// <param name="pool">Takes room that is not needed any more.</param>
    /// <param name="tail">Takes the panes. Null: they are forgotten.</param>
    /// <param name="unit">Views of the tail's smallest bucket.</param>
    public long Leave(long position, FailedPanePool pool, ErrorTail? tail = null, int unit = 1)
    {
        var errors = 0;
        while (count > 0 && this[0].End <= position)
        {
            errors += this[0].Errors;
            tail?.Add(this[0], unit);
            head = (head + 1) & (entries.Length - 1);
            count--;
        }

        if (entries.Length > 2 && count <= entries.Length / 4)
            Move(entries.Length / 2, pool);
        Errors -= errors;
        return errors;
    }

    /// <summary>Forgets everything before <paramref name="position"/>, and keeps the room for as much again.</summary>
    public void Restart(long position)
    {
        Start = position;
        head = count = Errors = 0;
    }

    /// <summary>
    /// The panes in which other windows have errors, too: the part of this window that they explain. The others count the same failures by
    /// pane.
    /// </summary>
    /// <param name="before">The part that is explained already: panes of this window.</param>
    /// <param name="more">Explains more of it.</param>
    /// <param name="pool">Where room for entries comes from.</param>
    public readonly ErrorWindow Explained(in ErrorWindow before, in ErrorWindow more, FailedPanePool pool)
    {
        var explained = new ErrorWindow { Start = Start };
        for (int i = 0, b = 0, m = 0; i < count; i++)
        {
            ref readonly var entry = ref this[i];
            var errors = before.ErrorsIn(entry.PaneStart, ref b) + more.ErrorsIn(entry.PaneStart, ref m);
            if (errors > 0)
                explained.Add(entry.Position, entry.Views, Math.Min(errors, entry.Errors), entry.PaneStart, pool);
        }

        return explained;
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

    /// <summary>The views behind the pane with errors before the latest <paramref name="panes"/>; all if there is none.</summary>
    public readonly WindowCount Behind(long position, int panes)
    {
        long errors = 0, startedAt = long.MaxValue;
        var i = count - 1;
        for (; i >= 0 && i >= count - panes; i--)
            (errors, startedAt) = (errors + this[i].Errors, this[i].PaneStart);
        return new WindowCount(position - (i >= 0 ? this[i].End : Start), errors, startedAt);
    }

    public const string Layout = "start i64, entries [position i64, views i32, errors i32, paneStart i64]";

    /// <inheritdoc cref="Key.ReadAhead"/>
    public readonly int ReadAhead() => count > 0 ? this[count - 1].Views : 0;

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
        var pool = new FailedPanePool();
        for (var left = reader.Count(); left > 0; left--)
            window.Add(reader.Int64(), reader.Int32(), reader.Int32(), reader.Int64(), pool);
        return window;
    }

    /// <summary>Errors of the pane that begins at a time; <paramref name="from"/> is the first entry that may be it.</summary>
    private readonly int ErrorsIn(long paneStart, ref int from)
    {
        while (from < count && this[from].PaneStart < paneStart)
            from++;
        return from < count && this[from].PaneStart == paneStart ? this[from].Errors : 0;
    }

    private readonly ref FailedPane this[int index] => ref entries[(head + index) & (entries.Length - 1)];

    private void Move(int length, FailedPanePool pool)
    {
        var room = pool.Rent(length);
        for (var i = 0; i < count; i++)
            room[i] = this[i];
        pool.Return(entries);
        (entries, head) = (room, 0);
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
