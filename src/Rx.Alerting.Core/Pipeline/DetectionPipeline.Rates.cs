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
        return new(
            [.. ranking.First.Select(property => new PropertyRates(
                Encoding.UTF8.GetString(property.Name),
                property.Position,
                windows.ViewsOf(property),
                PropertyRanking.ErrorsOf(property),
                [.. PropertyRanking.SeriesOf(property, errorTypes).Select(RateOf)]))],
            ranking.OtherViews,
            ranking.OtherErrors);
    }

    private ErrorTypeRate RateOf(ErrorSeries series)
    {
        var observation = windows.Observe(new SeriesId(series));
        var window = observation.Window.Largest;
        var expected = judge.Expected(observation, window);
        return new(
            Encoding.UTF8.GetString(series.Type), window.Rate, expected.Mean, judge.Threshold(Math.Max(1, window.Views), expected));
    }
}
