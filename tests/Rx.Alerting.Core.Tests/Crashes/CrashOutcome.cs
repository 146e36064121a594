namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>What is there when all has been read.</summary>
/// <param name="Incidents">Every change that was delivered.</param>
/// <param name="State">Every entry in the store: counts, windows, baselines, open incidents.</param>
internal sealed record CrashOutcome(IReadOnlyList<string> Incidents, IReadOnlyList<string> State);
