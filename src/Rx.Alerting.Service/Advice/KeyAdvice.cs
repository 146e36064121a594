using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Advice;

/// <summary>Advice about keys that the service could not keep, or could not tell apart. Their views may be missing in incidents.</summary>
internal static class KeyAdvice
{
    public static IEnumerable<Advice> Of(PipelineStatistics of)
    {
        if (of.ForgottenProperties > 0 || of.Dropped > 0)
            yield return new(AdviceKind.ForgottenProperties, Properties(of));
        if (of.OtherErrors > 0)
        {
            yield return new(AdviceKind.OtherErrorTypes,
                $"{IncidentWords.Count(of.OtherErrors)} errors are counted together as “other”, "
                + "since their property has more types of errors than Windows:MaximumErrorTypes; "
                + "an incident of theirs does not name the type. Raise it, or take out of the types what changes with each error");
        }

        if (of.Collisions > 0)
        {
            yield return new(AdviceKind.Collisions,
                $"{IncidentWords.Count(of.Collisions)} times a property, title or type of error was found to be taken for another "
                + "whose name has the same hash, so both are counted as one. "
                + "By chance that happens hardly ever: somebody may choose names so that it does");
        }
    }

    private static string Properties(PipelineStatistics of)
    {
        var lost = of.Dropped > 0 ? $", and {IncidentWords.Views(of.Dropped)} of properties that had just come were dropped" : string.Empty;
        return $"{IncidentWords.Count(of.ForgottenProperties)} properties were forgotten to make room for others{lost}: "
            + "there are more than Windows:MaximumProperties. Raise it if they are real; properties with few views go first";
    }
}
