using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Which error type of a key, and which key, is worst: the one rule of pages, API and command line. What has an open incident comes first,
/// then what has most failed views beyond what is normal.
/// </summary>
/// <remarks>Standard deviations would not do: one failed view of an error that never happens is many of them, and breaks nothing.</remarks>
internal static class WorstFirst
{
    /// <summary>
    /// So many keys that are furthest above normal are put in order. The pipeline waits while their rates are worked out, so it cannot be
    /// all; whatever is broken is far above normal.
    /// </summary>
    public const int Reach = 100;

    /// <summary>The failed views that are not normal, of the window; negative: fewer have failed than is normal.</summary>
    public static double Excess(in ErrorTypeRate rate) => rate.Errors - (rate.Baseline * rate.Views);

    /// <inheritdoc cref="Excess(in ErrorTypeRate)"/>
    public static double Excess(KeyRates key) => key.ErrorTypes.Sum(type => Excess(type));

    /// <summary>The share of all views that fail, whatever the error, 0–1: a view fails with one error type, so rates add up.</summary>
    public static double Failing(KeyRates key) => Math.Min(1, key.ErrorTypes.Sum(type => type.Error));

    /// <summary>The share of all views that normally fails, 0–1. It adds up likewise.</summary>
    public static double Normal(KeyRates key) => Math.Min(1, key.ErrorTypes.Sum(type => type.Baseline));

    /// <summary>What the pipelines have to be asked, so that <see cref="Answer"/> has all that it needs.</summary>
    public static RateQuestion Asked(RateQuestion question, KeyOrder order) => order switch
    {
        KeyOrder.Errors => question with { Order = RateOrder.Errors },
        KeyOrder.Views => question with { Order = RateOrder.Views },
        KeyOrder.Name => question with { Order = RateOrder.Name },
        KeyOrder.Worst when question.Skip < Reach => question with
        {
            Order = RateOrder.Deviation,
            Skip = 0,
            Take = Math.Max(Reach, question.Skip + question.Take),
        },
        _ => question with { Order = RateOrder.Deviation },
    };

    /// <summary>The page that was wanted, of what the pipelines have answered: each key with its worst error type first.</summary>
    public static RatePage Answer(RatePage answer, RateQuestion question, KeyOrder order)
    {
        var keys = answer.Keys.Select(key => key with { ErrorTypes = Ordered(key.ErrorTypes) });
        if (order != KeyOrder.Worst || question.Skip >= Reach)
            return answer with { Keys = [.. keys] };
        var all = keys.ToList();
        var first = all.Take(Reach)
            .OrderByDescending(key => key.ErrorTypes.Any(type => type.IsHeld))
            .ThenByDescending(Excess)
            .ThenBy(key => key.Title ?? key.Property, StringComparer.Ordinal)
            .ThenBy(key => key.Property, StringComparer.Ordinal);
        return answer with { Keys = [.. first.Concat(all.Skip(Reach)).Skip(question.Skip).Take(question.Take)] };
    }

    private static ErrorTypeRate[] Ordered(IReadOnlyList<ErrorTypeRate> types) =>
    [
        .. types.OrderByDescending(type => type.IsHeld)
            .ThenByDescending(type => Math.Max(0, Excess(type))) // Where none is beyond normal, none that has not failed is worst.
            .ThenByDescending(type => type.Errors)
            .ThenBy(type => type.ErrorType, StringComparer.Ordinal),
    ];
}
