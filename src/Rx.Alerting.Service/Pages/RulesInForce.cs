using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Pages;

/// <summary>The rules of incidents, with what somebody has set while pipelines run.</summary>
internal sealed class RulesInForce(Settings settings, PipelineStatus status)
{
    /// <inheritdoc cref="Pipeline"/>
    public IncidentOptions Incidents => Pipeline.Incidents;

    /// <summary>Where pipelines of this process have other values, those of one of them.</summary>
    public PipelineOptions Pipeline
    {
        get
        {
            var configured = settings.Pipeline;
            var adjusted = status.Latest.Values.SelectMany(pipeline => pipeline.AdjustedOptions)
                .DistinctBy(option => option.Key, StringComparer.OrdinalIgnoreCase)
                .Select(option => KeyValuePair.Create(option.Key, (string?)option.Value)).ToList();
            if (adjusted.Count == 0)
                return configured;
            var inForce = configured with { Detection = configured.Detection with { }, Incidents = configured.Incidents with { } };
            return new AdjustableOptions(configured, inForce).Set(adjusted).Count == 0 ? inForce : configured;
        }
    }
}
