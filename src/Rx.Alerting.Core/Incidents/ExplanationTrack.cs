using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Incidents;

/// <summary>What explains an open incident, and what people were told of it.</summary>
internal sealed class ExplanationTrack
{
    public const string Layout = RankingEncoding.Layout + ", askedAffectedViews i64, toldCause text, toldCauseAffectedViews i64, "
        + "toldCauses i32";

    /// <summary>How an incident is explained; null: too little is known.</summary>
    public ExplainedBy? By { get; private set; }

    public IReadOnlyList<Explanation> Best { get; private set; } = [];

    /// <summary>Affected views when the ranking was made; 0: never.</summary>
    public long AskedAffectedViews { get; set; }

    /// <summary>The slice that people were told lately as the cause, or as one of several; null: none.</summary>
    public string? ToldCause { get; set; }

    /// <summary>Affected views when that was told first.</summary>
    public long ToldCauseAffectedViews { get; set; }

    /// <summary>How many times people were told that the cause has changed.</summary>
    public int ToldCauses { get; set; }

    /// <summary>The slice that is the cause, or the best of several; null: no slice stands out.</summary>
    public string? Cause { get; private set; }

    /// <summary>People are told of the incident, with what explains it.</summary>
    public void Tell(long affectedViews)
    {
        if (Cause != ToldCause)
            (ToldCause, ToldCauseAffectedViews) = (Cause, affectedViews);
    }

    public void Set(ExplainedBy? by, IReadOnlyList<Explanation> best)
    {
        (By, Best) = (by, best);
        Cause = by is ExplainedBy.Cause or ExplainedBy.OneOf && best.Count > 0 ? IncidentWords.Slice(best[0]) : null;
    }

    public void Save(StateWriter writer)
    {
        RankingEncoding.Write(writer, By, Best);
        writer.Int64(AskedAffectedViews);
        writer.String(ToldCause);
        writer.Int64(ToldCauseAffectedViews);
        writer.Int32(ToldCauses);
    }

    public void Load(StateReader reader)
    {
        var (by, best) = RankingEncoding.Read(reader);
        Set(by, best);
        (AskedAffectedViews, ToldCause) = (reader.Int64(), reader.String());
        (ToldCauseAffectedViews, ToldCauses) = (reader.Int64(), reader.Int32());
    }
}
