using System.Text;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Error rates for people who watch.</summary>
public sealed partial class DetectionPipeline
{
    /// <summary>The error rates of the properties with most views. The pipeline is quiescent.</summary>
    /// <param name="most">How many properties.</param>
    /// <param name="errorTypes">At most so many error types of each, those with most errors.</param>
    public TopProperties TopProperties(int most, int errorTypes)
    {
        var ranking = windows.Rank(most);
        return new([.. ranking.First.Select(property => RatesOf(property, errorTypes))], ranking.OtherViews, ranking.OtherErrors);
    }

    /// <summary>Begins to look for keys.</summary>
    internal KeySearch Search(RateQuestion question) => new(windows, question);

    /// <summary>The keys that a search has found. The pipeline is quiescent.</summary>
    internal RatePage PageOf(KeySearch search, RateQuestion question) => new(
        [.. search.Found.Skip(question.Skip).Select(found => RatesOf(found.Key, question.ErrorTypes) with { Rank = found.Rank })],
        search.Total,
        Statistics.Watermark);

    private KeyRates RatesOf(Key key, int errorTypes)
    {
        var title = key as Title;
        var (views, errors) = windows.CountsOf(key);
        return new(
            Encoding.UTF8.GetString((title?.Property ?? key).Name),
            title is null ? null : Encoding.UTF8.GetString(key.Name),
            key.Position,
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(key.LastSeen, 0)),
            views,
            errors,
            [.. key.MostErrors(errorTypes).Select(RateOf)]);
    }

    private ErrorTypeRate RateOf(ErrorSeries series)
    {
        var observation = windows.Observe(new SeriesId(series));
        var window = series.IsRestartDue ? default : observation.Window.Largest;
        var (expected, apart) = (observation.ExpectedBefore(window), judge.Expected(observation, window));
        var threshold = judge.Threshold(Math.Max(1, window.Views), expected);
        var apartFrom = apart.Mean > expected.Mean ? judge.Threshold(Math.Max(1, window.Views), apart) : threshold;
        return new(
            Encoding.UTF8.GetString(series.Type),
            window.Views,
            window.Errors,
            expected.Mean,
            threshold,
            expected.DeviationOf(window.Errors, window.Views),
            DateTimeOffset.FromUnixTimeMilliseconds(Math.Max(series.LastSeen, 0)),
            series.Held,
            apartFrom > threshold ? apartFrom : null);
    }
}
