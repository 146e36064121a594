using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The options of every simulated process.</summary>
internal static class CrashOptions
{
    /// <summary>Incidents open and close quickly, because the traffic is short.</summary>
    public static PipelineOptions Pipeline { get; } = new()
    {
        Windows = new WindowOptions { MinimumViews = 100, NestedViews = [50], TitleNestedViews = [20] },
        Detection = new DetectionOptions { TailProbability = 1e-3 },
        Incidents = new IncidentOptions
        {
            ExpireAfterSilence = TimeSpan.FromMinutes(15),
            UpdateInterval = TimeSpan.FromMinutes(1),
            ClosingViews = 40,
            ClosingStep = 10,
        },
        Control = new ControlOptions { EndsSoon = TimeSpan.FromMinutes(2) },
        Effects = new EffectOptions
        {
            DeliveryTimeout = TimeSpan.FromSeconds(5),
            RetryInterval = TimeSpan.FromMilliseconds(500),
            LongestRetryInterval = TimeSpan.FromSeconds(2),
        },
    };

    public static CheckpointOptions Checkpoints { get; } = new() { Interval = TimeSpan.FromSeconds(1), MaximumUncommittedViews = 1000 };
}
