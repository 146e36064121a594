namespace Rx.Alerting.Core.Checkpoints;

/// <summary>In which version a checkpoint has the state of an operator.</summary>
/// <param name="State">The state, by the sections that it has.</param>
/// <param name="Version">The version in the checkpoint.</param>
/// <param name="OfThisBuild">The version that this build writes. Null if this build does not know the state.</param>
public sealed record StoredVersion(string State, int Version, int? OfThisBuild);
