using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Incidents;

/// <summary>How bad an incident is while it lasts: its views until the latest failure, and how many of them failed.</summary>
internal sealed class FailingViews
{
    public const string Layout = "latestAt i64, views i64, errors i64, viewsSince i64";

    private long views;
    private long errors;
    private long viewsSince;

    /// <summary>End of the latest pane with a failure (ms since the Unix epoch).</summary>
    public long LatestAt { get; private set; }

    public double Rate => views == 0 ? 1 : (double)errors / views;

    /// <summary>Adds what happened in a pane.</summary>
    /// <param name="at">The end of the pane (ms since the Unix epoch).</param>
    /// <param name="added">Views and errors.</param>
    /// <param name="isCalm">Whether the latest evaluation was calm. Then the failure may be over.</param>
    public void Add(long at, RecentCount added, bool isCalm)
    {
        if (isCalm)
        {
            LatestAt = added.Errors > 0 ? at : LatestAt;
            return;
        }

        viewsSince += added.Views;
        if (added.Errors == 0)
            return;
        LatestAt = at;
        views += viewsSince;
        errors += added.Errors;
        viewsSince = 0;
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(LatestAt);
        writer.Int64(views);
        writer.Int64(errors);
        writer.Int64(viewsSince);
    }

    public void Load(StateReader reader)
    {
        (LatestAt, views) = (reader.Int64(), reader.Int64());
        (errors, viewsSince) = (reader.Int64(), reader.Int64());
    }
}
