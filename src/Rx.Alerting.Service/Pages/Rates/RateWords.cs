using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages.Rates;

/// <summary>Error rates in words.</summary>
internal static class RateWords
{
    private const int MostLetters = 120;

    /// <summary>The worst error type, which comes first; see <see cref="WorstFirst"/>. Null: none has failed.</summary>
    public static ErrorTypeRate? Worst(KeyRates key) => key.ErrorTypes is [var first, ..] ? first : null;

    /// <summary>What failed views have said. Null: no incident that is kept has told it.</summary>
    public static string? Description(RateList list, KeyRates key, in ErrorTypeRate rate) =>
        list.Descriptions.Find(key.Property, rate.ErrorType) is { } said ? Shown(said) : null;

    /// <summary>Whether an error rate is one that people should look at.</summary>
    public static bool IsUnusual(in ErrorTypeRate rate) => rate.IsHeld || (rate.Views > 0 && rate.Error >= rate.Threshold);

    /// <summary>A name in a list. The property's own page has all of it.</summary>
    public static string Shown(string name) => IncidentWords.Cut(IncidentWords.Printable(name), MostLetters);
}
