namespace Rx.Alerting.Core.Dumps;

/// <summary>A dump that is there.</summary>
/// <param name="Manifest">Of the part.</param>
/// <param name="Location">Where the rows are, for people.</param>
/// <param name="WasThere">Whether the command was executed before.</param>
public sealed record DumpOutcome(DumpManifest Manifest, string Location, bool WasThere);
