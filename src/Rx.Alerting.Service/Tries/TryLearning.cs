namespace Rx.Alerting.Service.Tries;

/// <summary>How long a run learns before it compares.</summary>
internal static class TryLearning
{
    /// <summary>A source that begins so soon after the time that was asked for has all of it: views do not come every second.</summary>
    private static readonly TimeSpan Tolerance = TimeSpan.FromMinutes(1);

    /// <summary>
    /// When learning is over. A source may not reach back as far as it was asked to. Then learning takes at most a quarter of what there
    /// is: better a short comparison with something learned than a long one with nothing.
    /// </summary>
    /// <param name="run">What was asked for.</param>
    /// <param name="first">The first view that there is.</param>
    public static DateTimeOffset Ends(TryRun run, DateTimeOffset first)
    {
        if (first <= run.ReadFrom + Tolerance || first >= run.To)
            return run.Wanted;
        var quarter = (run.To - first) / 4;
        var learned = first + (run.Request.Learning < quarter ? run.Request.Learning : quarter);
        return learned > run.Wanted ? learned : run.Wanted;
    }
}
