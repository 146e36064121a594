namespace Rx.Alerting.Service.Configuration;

/// <summary>A value that somebody set.</summary>
/// <param name="Key"><c>Section:Name</c>, in any case.</param>
/// <param name="Text">In the notation of <see cref="OptionValue"/>.</param>
/// <param name="Origin">Where it was set, for messages.</param>
internal readonly record struct SettingValue(string Key, string Text, string Origin);
