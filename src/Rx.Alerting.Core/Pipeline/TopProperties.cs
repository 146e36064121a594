namespace Rx.Alerting.Core.Pipeline;

/// <summary>The error rates of the properties with most views.</summary>
/// <param name="Properties">The property with most views first.</param>
/// <param name="OtherViews">Views in the windows of all other properties.</param>
/// <param name="OtherErrors">Errors among those views.</param>
public sealed record TopProperties(IReadOnlyList<PropertyRates> Properties, long OtherViews, long OtherErrors);

/// <summary>The error rates of a property.</summary>
/// <param name="Property">Its name.</param>
/// <param name="Views">Views so far.</param>
/// <param name="WindowViews">Views in its largest window.</param>
/// <param name="WindowErrors">Errors among these views.</param>
/// <param name="ErrorTypes">The error type with most errors in its window first.</param>
public sealed record PropertyRates(
    string Property, long Views, long WindowViews, long WindowErrors, IReadOnlyList<ErrorTypeRate> ErrorTypes);

/// <summary>The rate of one error type in the largest window, 0–1.</summary>
/// <param name="ErrorType">Its name.</param>
/// <param name="Error">What the rate is.</param>
/// <param name="Baseline">What is normal.</param>
/// <param name="Threshold">The smallest rate that is an anomaly.</param>
public readonly record struct ErrorTypeRate(string ErrorType, double Error, double Baseline, double Threshold);
