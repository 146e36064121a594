using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Dumps;

/// <summary>What a cut says of its pipeline as a whole.</summary>
internal static class CutFacts
{
    /// <summary>The sections that are read.</summary>
    public static IReadOnlyList<string> Sections { get; } =
        [StateSections.Header, StateSections.Positions, StateSections.Watermarks, StateSections.Counters];

    /// <param name="cut">Has <see cref="Sections"/>.</param>
    /// <param name="options">Of the pipeline.</param>
    /// <exception cref="CheckpointFormatException">An entry is damaged.</exception>
    public static (IReadOnlyDictionary<string, string> Positions, DateTimeOffset? Watermark, DumpCounters Counters) Read(
        StateCut cut, PipelineOptions options)
    {
        var positions = new PositionState(tracksChanges: false);
        var watermarks = new WatermarkState(options.EventTime, options.Windows.PaneInterval);
        var counters = new PipelineCounters();
        Load(cut, positions, watermarks, counters);
        var watermark = watermarks.Multiplexer.Watermark;
        return (
            new SortedDictionary<string, string>(positions.All.ToDictionary(), StringComparer.Ordinal),
            watermark <= 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(watermark),
            new DumpCounters(counters.Views, counters.Errors, watermarks.Late.Total, counters.Rejected));
    }

    /// <summary>Loads states that do not need one another.</summary>
    /// <exception cref="CheckpointFormatException">An entry is damaged.</exception>
    public static void Load(StateCut cut, params IReadOnlyList<IOperatorState> states)
    {
        foreach (var state in states)
        {
            foreach (var (key, value) in state.Layout.Sections.SelectMany(cut.Read))
            {
                var reader = new StateReader(value);
                state.Load(key, reader);
                if (!reader.AtEnd)
                    throw CheckpointFormatException.TooLong(key.Section);
            }

            state.EndLoad();
        }
    }
}
