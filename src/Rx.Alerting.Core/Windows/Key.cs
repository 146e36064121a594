using System.Runtime.CompilerServices;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>What is known of one key, a property or a title.</summary>
/// <param name="name">The key's name in UTF-8.</param>
/// <param name="hash">Its hash. Not saved: a release may have another hash.</param>
internal abstract class Key(byte[] name, ulong hash)
{
    private ErrorSeries? first;
    private ErrorSeries? last;

    /// <summary>The key's name in UTF-8.</summary>
    public byte[] Name { get; } = name;

    /// <summary>Hash of <see cref="Name"/>.</summary>
    public ulong Hash { get; } = hash;

    /// <summary>Views counted so far: the position of the next one.</summary>
    public long Position { get; private set; }

    /// <summary>End of the latest pane with a view of the key (ms since the Unix epoch).</summary>
    public long LastSeen { get; private set; } = long.MinValue;

    public ErrorSeries? FirstSeries => first;

    /// <summary>Series that an open incident holds.</summary>
    public int HeldSeries { get; set; }

    /// <summary>Whether the key has changed since the latest save.</summary>
    public bool IsChanged { get; set; }

    /// <summary>Whether the key has been forgotten.</summary>
    public bool IsRemoved { get; set; }

    /// <summary>Whether a save has written the key. If so, forgetting it removes its entry.</summary>
    public bool IsSaved { get; set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Advance(int views, long paneEnd)
    {
        Position += views;
        LastSeen = paneEnd;
    }

    /// <summary>The series of an error type. The few types of a key are told apart by the 64-bit hashes of their names alone.</summary>
    public ErrorSeries? Find(ulong typeHash)
    {
        var series = first;
        while (series is not null && series.TypeHash != typeHash)
            series = series.Next;
        return series;
    }

    /// <summary>Errors of any type in the largest window.</summary>
    public long WindowErrors
    {
        get
        {
            var errors = 0L;
            for (var series = first; series is not null; series = series.Next)
                errors += series.IsRestartDue ? 0 : series.WindowErrors;
            return errors;
        }
    }

    /// <summary>
    /// Views in the largest window. Where it begins within a pane with errors, that pane counts as a whole: as in each error type's window.
    /// </summary>
    /// <param name="largest">Views of the largest window, otherwise.</param>
    public long WindowViews(long largest)
    {
        var views = Math.Min(Position, largest);
        for (var series = first; series is not null; series = series.Next)
        {
            if (!series.IsRestartDue)
                views = Math.Max(views, Position - series.OldestPosition);
        }

        return views;
    }

    /// <summary>The latest views, and how many of them failed with any error. It looks through the errors of the window.</summary>
    /// <inheritdoc cref="WindowViews"/>
    public (long Views, long Errors) Latest(long largest)
    {
        var (views, errors) = (Math.Min(Position, largest), 0L);
        for (var series = first; series is not null; series = series.Next)
        {
            if (series.IsRestartDue)
                continue;
            var window = series.Latest(largest);
            (views, errors) = (Math.Max(views, window.Views), errors + window.Errors);
        }

        return (views, errors);
    }

    /// <summary>The error types with most errors in the window.</summary>
    public IEnumerable<ErrorSeries> MostErrors(int most)
    {
        var all = new List<ErrorSeries>();
        for (var series = first; series is not null; series = series.Next)
            all.Add(series);
        return all.OrderByDescending(series => series.WindowErrors).ThenBy(series => series.TypeHash).Take(most);
    }

    public void Append(ErrorSeries series)
    {
        if (last is null)
            first = series;
        else
            last.Next = series;
        last = series;
    }

    /// <summary>Removes the series that match, and gives their number.</summary>
    public int Remove(Predicate<ErrorSeries> match)
    {
        var removed = 0;
        var next = first;
        first = last = null;
        while (next is { } series)
        {
            next = series.Next;
            series.Next = null;
            if (match(series))
                removed++;
            else
                Append(series);
        }

        return removed;
    }

    /// <summary>What <see cref="Save"/> writes before the series, as a <see cref="StateLayout"/> says it.</summary>
    public const string Layout = "name bytes, position i64, lastSeen i64";

    /// <summary>
    /// Reads the memory that judging or saving the key will need, so that it is in the cache. The result has no meaning; it keeps the
    /// compiler from dropping the reads.
    /// </summary>
    public int ReadAhead()
    {
        var sum = Name.Length;
        for (var series = first; series is not null; series = series.Next)
            sum += series.ReadAhead();
        return sum;
    }

    public void Save(StateWriter writer)
    {
        writer.Bytes(Name);
        writer.Int64(Position);
        writer.Int64(LastSeen);
        var count = 0;
        for (var series = first; series is not null; series = series.Next)
            count++;
        writer.Int32(count);
        for (var series = first; series is not null; series = series.Next)
            series.Save(writer);
    }

    /// <summary>Reads what <see cref="Save"/> wrote behind the name.</summary>
    protected void LoadHistory(StateReader reader)
    {
        Position = reader.Int64();
        LastSeen = reader.Int64();
        for (var left = reader.Count(); left > 0; left--)
            Append(LoadSeries(reader));
    }

    protected abstract ErrorSeries LoadSeries(StateReader reader);
}
