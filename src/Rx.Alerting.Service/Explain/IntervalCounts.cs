using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Explain;

/// <summary>The views of an interval and those before it, counted in bounded memory. The order of views leaves no trace.</summary>
/// <param name="request">Which views count, and which of them are failures.</param>
/// <param name="nameable">Other values are not told apart; null: all values are.</param>
/// <param name="maximumBytes">The most memory of the failed views, and of the others.</param>
internal sealed class IntervalCounts(ExplainRequest request, NameableValues? nameable, long maximumBytes)
{
    private readonly long from = request.From.ToUnixTimeMilliseconds();
    private readonly long to = request.To.ToUnixTimeMilliseconds();
    private readonly ulong? property = request.Property is { } name ? KeyHash.Of(name) : null;
    private readonly ulong? errorType = request.ErrorType is { } type ? KeyHash.Of(type) : null;
    private readonly SliceColumns columns = request.Columns;
    private readonly TextRange[] ranges = new TextRange[request.Columns.Count + 1];
    private readonly ulong[] hashes = new ulong[request.Columns.Count + 1];
    private readonly bool[] hasFurther = new bool[request.Columns.Further.Count];
    private readonly long[] rejected = new long[Enum.GetValues<RejectionReason>().Length];

    /// <summary>Failed views. The row has the title's text, too.</summary>
    public ViewSketch Failed { get; } = new(maximumBytes, keepsTexts: true);

    /// <summary>All other views.</summary>
    public ViewSketch Succeeded { get; } = new(maximumBytes, keepsTexts: false);

    public bool IsThinned => Failed.Level + Succeeded.Level > 0;

    /// <summary>Views of the interval, all of them.</summary>
    public long Views { get; private set; }

    public long Errors { get; private set; }

    public long ViewsBefore { get; private set; }

    public long ErrorsBefore { get; private set; }

    /// <summary>Views of the property at any time.</summary>
    public long ViewsOfProperty { get; private set; }

    /// <summary>Event time of the earliest of them, in ms since 1970.</summary>
    public long Earliest { get; private set; } = long.MaxValue;

    /// <summary>Event time of the latest of them.</summary>
    public long Latest { get; private set; } = long.MinValue;

    /// <summary>If only one property counts: all there are.</summary>
    public NameCounts Properties { get; } = new();

    /// <summary>Of failures of the property at any time.</summary>
    public NameCounts ErrorTypes { get; } = new();

    /// <summary>Of failures of the interval, whether they count or not.</summary>
    public NameCounts ErrorTypesInside { get; } = new();

    /// <summary>All views that were read.</summary>
    public long Read { get; private set; }

    /// <summary>Number of rejected records by reason, indexed by <see cref="RejectionReason"/>.</summary>
    public IReadOnlyList<long> Rejected => rejected;

    /// <summary>The dimensions that somebody has asked for, and no view of the property says.</summary>
    public IEnumerable<FurtherDimension> Missing => columns.Further.Where((_, i) => !hasFurther[i]);

    public void Add(ViewBatch batch)
    {
        Read += batch.ViewCount;
        for (var reason = 0; reason < rejected.Length; reason++)
            rejected[reason] += batch.Rejected[reason];
        foreach (ref readonly var view in batch.Views)
        {
            if (property is not null)
                Properties.Add(batch, view.Property, view.PropertyHash);
            if (property is null || view.PropertyHash == property)
                Add(batch, view);
        }
    }

    private void Add(ViewBatch batch, in View view)
    {
        ViewsOfProperty++;
        See(batch.Further(view.Circumstances));
        Earliest = Math.Min(Earliest, view.EventTime);
        Latest = Math.Max(Latest, view.EventTime);
        var isBefore = view.EventTime < from;
        var isInside = !isBefore && view.EventTime < to;
        var counts = view.Failed;
        if (view.Failed)
        {
            ref readonly var failure = ref batch.Failures[view.Failure];
            counts = errorType is null || failure.ErrorTypeHash == errorType;
            ErrorTypes.Add(batch, failure.ErrorType, failure.ErrorTypeHash);
            if (isInside)
                ErrorTypesInside.Add(batch, failure.ErrorType, failure.ErrorTypeHash);
        }

        if (!isBefore && !isInside)
            return;
        Count(counts, isBefore);
        columns.Read(batch, view, ranges, hashes);
        if (property is not null)
            hashes[SliceColumns.Property] = 0;
        nameable?.Reduce(hashes);
        if (!counts || hashes[SliceColumns.Title] == 0)
            hashes[columns.TitleText] = 0;
        (counts ? Failed : Succeeded).Add(batch, ranges, hashes, batch.Circumstances[view.Circumstances].Hash, isBefore);
    }

    private void See(ReadOnlySpan<TextRange> further)
    {
        for (var i = 0; i < further.Length; i++)
            hasFurther[i] |= !further[i].IsEmpty;
    }

    private void Count(bool isFailure, bool isBefore)
    {
        var errors = isFailure ? 1 : 0;
        if (isBefore)
            (ViewsBefore, ErrorsBefore) = (ViewsBefore + 1, ErrorsBefore + errors);
        else
            (Views, Errors) = (Views + 1, Errors + errors);
    }
}
