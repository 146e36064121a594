namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The result after all views have been read.</summary>
/// <param name="Incidents">All delivered changes.</param>
/// <param name="State">All entries in the store: counts, windows, baselines, open incidents.</param>
internal sealed record CrashOutcome(IReadOnlyList<string> Incidents, IReadOnlyList<string> State);
