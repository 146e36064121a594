namespace Rx.Alerting.Core.Pipeline;

/// <summary>The error rates of the properties with most views.</summary>
/// <param name="Properties">The property with most views first.</param>
/// <param name="OtherViews">Views in the windows of all other properties.</param>
/// <param name="OtherErrors">Errors among those views.</param>
public sealed record TopProperties(IReadOnlyList<KeyRates> Properties, long OtherViews, long OtherErrors);
