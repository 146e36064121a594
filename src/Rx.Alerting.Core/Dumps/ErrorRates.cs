using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Dumps;

/// <summary>Writes the error rates of a cut: a row for each error type of each property and title.</summary>
/// <remarks>
/// The numbers are those of the detector: the same windows, baselines and thresholds. Properties are in memory, because titles borrow from
/// them. Titles are read one at a time. A key that never had an error has one row, without an error type. Options that were set while the
/// pipeline ran are in force here, too.
/// </remarks>
internal sealed class ErrorRates
{
    private readonly DumpFilter filter;
    private readonly PipelineOptions options;
    private readonly AdjustableOptions adjustable;
    private readonly Judge judge;
    private readonly Dictionary<(string? Property, string? Title, string? ErrorType), string> incidents = [];

    /// <param name="configured">Of the pipeline.</param>
    /// <param name="filter">Which rows.</param>
    public ErrorRates(PipelineOptions configured, DumpFilter filter)
    {
        (this.filter, options) = (filter, configured.Copy());
        adjustable = new AdjustableOptions(configured, options);
        judge = new Judge(options.Detection, options.Windows);
    }

    /// <summary>The sections that are read.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [.. CutFacts.Sections, StateSections.Properties, StateSections.Titles, StateSections.Commands];

    /// <exception cref="CheckpointFormatException">An entry is damaged.</exception>
    public void Write(StateCut cut, DumpFile file, CancellationToken cancel)
    {
        ReadDecisions(cut);
        var properties = new Dictionary<ulong, Property>();
        foreach (var (_, value) in cut.Read(StateSections.Properties).Where(entry => !KeyEntries.IsDropped(entry.Key)))
        {
            var property = Property.Load(new StateReader(value));
            properties.Add(property.Hash, property);
        }

        foreach (var property in properties.Values.OrderBy(property => property.Hash).Where(FitsProperty))
        {
            if (filter.FitsTitle(null))
                Write(property, null, file);
        }

        foreach (var (key, value) in cut.Read(StateSections.Titles))
        {
            cancel.ThrowIfCancellationRequested();
            var property = properties.GetValueOrDefault(key.High) ?? throw KeyEntries.WithoutProperty();
            if (FitsProperty(property))
                Write(property, KeyEntries.ReadTitle(new StateReader(value), property), file);
        }
    }

    private bool FitsProperty(Property property) => filter.FitsProperty(property.Name);

    private void Write(Property property, Title? title, DumpFile file)
    {
        if (title is not null && !filter.FitsTitle(title.Name))
            return;
        title?.RestartWithProperty(title.Position, title.LastSeen, paneEnd: long.MinValue);
        var key = (Key?)title ?? property;
        if (key.FirstSeries is null && filter.FitsErrorType(null))
            ErrorRateRow.Write(file, property, title, options.Windows.MinimumViews);
        for (var series = key.FirstSeries; series is not null; series = series.Next)
        {
            if (!filter.FitsErrorType(series.Type))
                continue;
            var observation = series.Observe(null, options.Baseline, options.Windows.MinimumViews);
            var window = observation.Window.Largest;
            var expected = judge.Expected(observation, window);
            ErrorRateRow.Write(file, property, title, series, new()
            {
                Window = window,
                Expected = expected.Mean,
                Belief = series.Belief(options.Baseline).Mean,
                Overdispersion = series.Overdispersion(series.Belief(options.Baseline).Mean, options.Baseline),
                Threshold = window.Views > 0 ? judge.Threshold(window.Views, expected) : null,
                Incident = series.Held ? IncidentOf(property, title, series) : null,
            });
        }
    }

    /// <summary>Finds the open incidents, and the options that were set.</summary>
    private void ReadDecisions(StateCut cut)
    {
        var operation = new OperationState(tracksChanges: false);
        foreach (var (key, value) in cut.Read(StateSections.Commands))
        {
            var reader = new StateReader(value);
            if (key.High == OperationState.OptionsEntry)
                operation.LoadOptions(reader);
            else if (key.High == ControlState.IncidentEntry && IncidentEncoding.Read(reader) is { Status: IncidentStatus.Open } incident)
                incidents[(incident.PropertyId, incident.VideoId, incident.ErrorType)] = incident.Id;
        }

        operation.PutInForce(adjustable);
    }

    private string? IncidentOf(Property property, Title? title, ErrorSeries series) => incidents.GetValueOrDefault(
        (Encoding.UTF8.GetString(property.Name),
        title is null ? null : Encoding.UTF8.GetString(title.Name),
        Encoding.UTF8.GetString(series.Type)));
}
