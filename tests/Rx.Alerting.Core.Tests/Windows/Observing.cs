using System.Reactive.Linq;
using System.Text;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Windows;

/// <summary>Observations as texts.</summary>
internal static class Observing
{
    /// <summary>Moves the windows on, and shows what was observed.</summary>
    public static List<string> Advance(WindowState state, params IEnumerable<PaneRelease> releases)
    {
        var seen = new List<string>();
        using var _ = releases.ToObservable().Observations(state).Subscribe(observation => seen.Add(Show(observation)));
        return seen;
    }

    /// <summary>An observation as a text, such as <c>p/t x: 2 of 16 at 2000</c>.</summary>
    public static string Show(Observation observation)
    {
        var series = observation.Series;
        var window = observation.Window.Latest(1000);
        var title = series.Title is { } name ? $"/{Encoding.UTF8.GetString(name)}" : "";
        var (property, type) = (Encoding.UTF8.GetString(series.Property), Encoding.UTF8.GetString(series.ErrorType));
        return $"{property}{title} {type}: {window.Errors} of {window.Views} at {observation.At}";
    }
}
