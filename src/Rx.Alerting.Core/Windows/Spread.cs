using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>How the failure of a property with an open incident is spread over its titles.</summary>
internal sealed class Spread
{
    public const string Layout = "since i64, titles i32, revisitedViews i64, revisitedErrors i64";

    /// <summary>Begin of the incident's window (ms since the Unix epoch). A title with an error since then is affected.</summary>
    public required long Since { get; init; }

    public required int Titles { get; set; }

    /// <summary>Views of titles that were affected before.</summary>
    public long RevisitedViews { get; set; }

    /// <summary>Errors among <see cref="RevisitedViews"/>. That is what an affected title looks like.</summary>
    public long RevisitedErrors { get; private set; }

    /// <summary>A title has errors.</summary>
    /// <param name="errors">How many.</param>
    /// <param name="isAffected">Whether it had errors before.</param>
    public void Visit(int errors, bool isAffected)
    {
        if (isAffected)
            RevisitedErrors += errors;
        else
            Titles++;
    }

    public void Save(StateWriter writer)
    {
        writer.Int64(Since);
        writer.Int32(Titles);
        writer.Int64(RevisitedViews);
        writer.Int64(RevisitedErrors);
    }

    public static Spread Load(StateReader reader) => new()
    {
        Since = reader.Int64(),
        Titles = reader.Int32(),
        RevisitedViews = reader.Int64(),
        RevisitedErrors = reader.Int64(),
    };
}
