using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control;

/// <summary>Says of a silence, before it is made, why the pipelines of this process would refuse it.</summary>
internal sealed class UntimelySilences(PipelineStatus status, ControlDispatcher dispatcher)
{
    /// <summary>Every reason, as a clause. Empty: there is none, or no pipeline runs here.</summary>
    /// <param name="request">Without faults. One that is no silence has no reason, either.</param>
    public IReadOnlyList<string> Reasons(ControlRequest request)
    {
        if (request.Action is not StreamAction { Command: var command })
            return [];
        var statistics = status.Latest;
        return
        [
            .. dispatcher.Pipelines.Select(statistics.GetValueOrDefault).OfType<PipelineStatistics>()
                .SelectMany(pipeline => Reasons(command, pipeline)).Distinct(StringComparer.Ordinal),
        ];
    }

    private IReadOnlyList<string> Reasons(ControlCommand command, PipelineStatistics pipeline)
    {
        // The pipeline stands at the first moment that is not decided yet.
        var reasons = UntimelyCommands.Reasons(command, dispatcher.Bounds, pipeline.Watermark?.ToUnixTimeMilliseconds() + 1);
        var isKnown = pipeline.Silences.Any(silence => silence.Id == command.Id);
        return reasons.Count > 0 || isKnown || UntimelyCommands.TooMany(pipeline.Silences.Count, dispatcher.Bounds) is not { } tooMany
            ? reasons : [tooMany];
    }
}
