namespace Rx.Alerting.Service.Tries;

/// <summary>An option that can be tried, as a page shows it.</summary>
/// <param name="Key">Such as <c>Detection:MinimumRatio</c>.</param>
/// <param name="InForce">Its value, as options are written.</param>
/// <param name="Bounds">Which values it may have.</param>
/// <param name="Meaning">For people.</param>
public sealed record TriableOption(string Key, string InForce, string Bounds, string Meaning);
