using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Pages.Rates;

/// <summary>Error rates in words.</summary>
internal static class RateWords
{
    private const int MostLetters = 120;

    /// <summary>The error type that is furthest above what is normal. Null: none has failed.</summary>
    public static ErrorTypeRate? Worst(KeyRates key) =>
        key.ErrorTypes.Count == 0 ? null : key.ErrorTypes.MaxBy(type => type.Deviation);

    /// <summary>Whether an error rate is one that people should look at.</summary>
    public static bool IsUnusual(in ErrorTypeRate rate) => rate.IsHeld || (rate.Views > 0 && rate.Error >= rate.Threshold);

    /// <summary>A name in a list. The property's own page has all of it.</summary>
    public static string Shown(string name) => IncidentWords.Cut(IncidentWords.Printable(name), MostLetters);
}
