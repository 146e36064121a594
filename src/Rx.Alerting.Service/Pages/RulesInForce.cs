using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Pages;

/// <summary>The rules of incidents, with what somebody has set while pipelines run.</summary>
internal sealed class RulesInForce(Settings settings, PipelineStatus status)
{
    /// <summary>Where pipelines of this process have other values, those of one of them.</summary>
    public IncidentOptions Incidents
    {
        get
        {
            var configured = settings.Pipeline;
            var adjusted = status.Latest.Values.SelectMany(pipeline => pipeline.AdjustedOptions)
                .DistinctBy(option => option.Key, StringComparer.OrdinalIgnoreCase)
                .Select(option => KeyValuePair.Create(option.Key, (string?)option.Value)).ToList();
            if (adjusted.Count == 0)
                return configured.Incidents;
            var inForce = configured with { Detection = configured.Detection with { }, Incidents = configured.Incidents with { } };
            return new AdjustableOptions(configured, inForce).Set(adjusted).Count == 0 ? inForce.Incidents : configured.Incidents;
        }
    }
}
