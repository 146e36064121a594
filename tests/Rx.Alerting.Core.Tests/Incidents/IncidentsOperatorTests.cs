using System.Reactive.Concurrency;
using System.Reactive.Linq;
using Microsoft.Reactive.Testing;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Panes;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;
using static Rx.Alerting.Core.Tests.Windows.Releases;

namespace Rx.Alerting.Core.Tests.Incidents;

/// <summary>From panes through verdicts to incidents. Each pane is one second. Each tick of the test is one element.</summary>
public sealed class IncidentsOperatorTests : ReactiveTest
{
    private readonly TestScheduler scheduler = new();
    private readonly Graph graph = new();

    [Fact]
    public void Verdicts_AnomaliesAndEveryProperty_Pass()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "", 3000, 9))),
            OnNext(220, Of(1000, Traffic("p", "", 1000, 4))),
            OnNext(230, Of(2000, [.. Traffic("p", "t", 100, 50), .. Traffic("p", "u", 100, 5)])),
            OnCompleted<PaneRelease>(240));

        var result = scheduler.Start(
            () => panes.Observations(graph.Windows).Verdicts(graph.Judge)
                .Select(verdict => $"{verdict.Kind} {verdict.Window.Errors} of {verdict.Window.Views}"));

        result.Messages.AssertEqual(
            OnNext(210, "Normal 0 of 0"),
            OnNext(220, "Normal 0 of 0"),
            OnNext(230, "Anomaly 50 of 100"),
            OnNext(230, "Anomaly 55 of 200"),
            OnCompleted<string>(240));
    }

    [Fact]
    public void Incident_AnomalyThenCalm_OpensIsUpdatedAndCloses()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "", 5000, 20))),
            OnNext(220, Of(1000, Traffic("p", "", 100, 50))),
            OnNext(230, Of(301_000, Traffic("p", "", 100, 60))),
            OnNext(240, Of(302_000, Traffic("p", "", 300, 1))),
            OnNext(250, Of(303_000, Traffic("p", "", 300, 1))),
            OnNext(260, Of(304_000, Traffic("p", "", 300))),
            OnCompleted<PaneRelease>(270));

        var result = scheduler.Start(() => graph.Incidents(panes).Select(Show));

        result.Messages.AssertEqual(
            OnNext(220, "opened p/ x 50 affected, 50 of 100"),
            OnNext(230, "refreshed p/ x 50 affected, 50 of 100"),
            OnNext(230, "updated p/ x 110 affected, 110 of 200"),
            OnNext(260, "closed p/ x 112 affected, 0 of 250"),
            OnCompleted<string>(270));
        panes.Subscriptions.AssertEqual(Subscribe(200, 270));
    }

    [Fact]
    public void Incident_KeyFallsSilent_ExpiresWhenEventTimeSaysSo()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "", 5000, 20))),
            OnNext(220, Of(1000, Traffic("p", "", 100, 50))),
            OnNext(230, Punctuation(3_899_999)),
            OnNext(240, Punctuation(3_900_000)),
            OnNext(250, Punctuation(200_000_000)));

        var result = scheduler.Start(
            () => graph.Incidents(panes).Select(change => $"{change.Transition} {change.Incident.UpdatedAt.ToUnixTimeMilliseconds()}"));

        result.Messages.AssertEqual(OnNext(220, "Opened 2000"), OnNext(230, "Refreshed 300000"), OnNext(240, "Expired 3900000"));
    }

    [Fact]
    public void Incident_SourceFails_PassesTheError()
    {
        var error = new InvalidOperationException("broken");
        var panes = scheduler.CreateHotObservable(OnError<PaneRelease>(220, error));

        scheduler.Start(() => graph.Incidents(panes).Select(Show)).Messages.AssertEqual(OnError<string>(220, error));
    }

    [Fact]
    public void Incident_Disposed_HearsNothingMore()
    {
        var panes = scheduler.CreateHotObservable(OnNext(900, Of(1000, Traffic("p", "", 100, 50))));

        scheduler.Start(() => graph.Incidents(panes).Select(Show), 100, 200, 300).Messages.AssertEqual();
        panes.Subscriptions.AssertEqual(Subscribe(200, 300));
    }

    [Fact]
    public void Incident_SavedWhileOpenAndRestored_ExpiresAllTheSame()
    {
        var before = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "t", 5000, 20))), OnNext(220, Of(1000, Traffic("p", "t", 100, 50))));
        scheduler.Start(() => graph.Incidents(before), 100, 200, 300);
        var restored = new Graph(graph.Save());

        var later = new TestScheduler();
        var after = later.CreateHotObservable(OnNext(310, Punctuation(86_402_000)));
        var result = later.Start(() => restored.Incidents(after).Select(Show), 100, 300, 1000);

        result.Messages.AssertEqual(
            OnNext(310, "refreshed p/t x 50 affected, 50 of 100"),
            OnNext(310, "refreshed p/ x 50 affected, 50 of 100"),
            OnNext(310, "expired p/t x 50 affected, 50 of 100"),
            OnNext(310, "expired p/ x 50 affected, 50 of 100"));
    }

    [Fact]
    public void Window_AfterAnIncident_StartsAnewForThePropertyAndItsTitles()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, [.. Traffic("p", "t", 2500, 10), .. Traffic("p", "u", 2500, 10)])),
            OnNext(220, Of(1000, [.. Traffic("p", "t", 50, 25), .. Traffic("p", "u", 50, 25)])),
            OnNext(230, Of(2000, Traffic("p", "t", 1000))),
            OnNext(240, Of(3000, Traffic("p", "t", 300))),
            OnNext(250, Of(4000, Traffic("p", "t", 300))),
            OnNext(260, Of(5000, Traffic("p", "t", 10, 4))),
            OnNext(270, Of(6000, Traffic("p", "t", 10))));

        var result = scheduler.Start(() => graph.Incidents(panes).Select(Show));

        result.Messages.AssertEqual(OnNext(220, "opened p/ x 50 affected, 50 of 100"), OnNext(250, "closed p/ x 50 affected, 0 of 250"));
        var property = graph.Windows.FindProperty("p"u8)!;
        Assert.Equal(new WindowCount(20, 4, 5000), property.FirstSeries!.Latest(1000));
        Assert.Equal(new WindowCount(20, 4, 5000), graph.Windows.FindTitle(property, "t"u8)!.FirstSeries!.Latest(1000));
    }

    [Fact]
    public void Titles_InThePaneThatClosesTheirPropertysIncident_AreNotJudgedOnViewsItHasCounted()
    {
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, [.. Traffic("p", "t", 2500, 10), .. Traffic("p", "u", 2500, 10)])),
            OnNext(215, Of(500, [.. Traffic("p", "t", 1000, 4), .. Traffic("p", "u", 1000, 4)])),
            OnNext(220, Of(1000, [.. Traffic("p", "t", 50, 25), .. Traffic("p", "u", 50, 25)])),
            OnNext(230, Of(2000, Traffic("p", "t", 1000))),
            OnNext(240, Of(3000, Traffic("p", "t", 300))),
            OnNext(250, Of(4000, [.. Traffic("p", "u", 20_000), .. Traffic("p", "t", 10, 7), .. Traffic("p", "new", 10, 1)])),
            OnNext(260, Of(5000, [.. Traffic("p", "u", 100), .. Traffic("p", "t", 10, 1), .. Traffic("p", "new", 10, 1)])));

        var result = scheduler.Start(() => graph.Incidents(panes).Select(Show));

        // The property's incident has counted the 8 failures of the pane that closes the incident. So they name no title.
        result.Messages.AssertEqual(OnNext(220, "opened p/ x 50 affected, 50 of 100"), OnNext(250, "closed p/ x 58 affected, 8 of 20020"));
        var property = graph.Windows.FindProperty("p"u8)!;
        Assert.Equal(new WindowCount(10, 1, 5000), graph.Windows.FindTitle(property, "t"u8)!.FirstSeries!.Latest(1000));
        Assert.Equal(new WindowCount(10, 1, 5000), graph.Windows.FindTitle(property, "new"u8)!.FirstSeries!.Latest(1000));
    }

    [Fact]
    public void Baseline_OfATitleWhileItsPropertyHasAnIncident_LearnsNothing()
    {
        var believed = new List<double>();
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, [.. Traffic("p", "t", 2500, 10), .. Traffic("p", "u", 2500, 10)])),
            OnNext(220, Of(1000, [.. Traffic("p", "t", 500, 250), .. Traffic("p", "u", 500, 250)])),
            OnNext(230, Of(2000, [.. Traffic("p", "t", 1500, 750), .. Traffic("p", "u", 1500, 750)])),
            OnNext(240, Of(3000, [.. Traffic("p", "t", 1500, 750), .. Traffic("p", "u", 1500, 750)])),
            OnNext(250, Of(4000, [.. Traffic("p", "t", 1500, 750), .. Traffic("p", "u", 1500, 750)])));
        scheduler.ScheduleAbsolute(225, () => believed.Add(Belief()));
        scheduler.ScheduleAbsolute(255, () => believed.Add(Belief()));

        var result = scheduler.Start(
            () => graph.Incidents(panes).Where(change => change.Transition == IncidentTransition.Opened).Select(Show));

        result.Messages.AssertEqual(OnNext(220, "opened p/ x 500 affected, 500 of 1000"));
        Assert.Equal(believed[0], believed[1]);

        double Belief() =>
            graph.Windows.FindTitle(graph.Windows.FindProperty("p"u8)!, "t"u8)!.FirstSeries!.Belief(new PipelineOptions().Baseline).Mean;
    }

    [Fact]
    public void Impact_BelowTheFloor_OpensNothing()
    {
        var demanding = new Graph(
            options: new PipelineOptions { Incidents = new IncidentOptions { MinimumAffectedViewsPerHour = 10_000 } });
        var panes = scheduler.CreateHotObservable(
            OnNext(210, Of(0, Traffic("p", "", 5000, 20))), OnNext(220, Of(1000, Traffic("p", "", 100, 50))));

        scheduler.Start(() => demanding.Incidents(panes).Select(Show)).Messages.AssertEqual();
    }

    private static string Show(IncidentChange change)
    {
        var incident = change.Incident;
        var key = $"{incident.PropertyId}/{incident.VideoId} {incident.ErrorType}";
        var errors = Math.Round(incident.MeasuredValue * incident.SampleSize);
        return $"{change.Transition.ToString().ToLowerInvariant()} {key} {incident.AffectedViews} affected, "
            + $"{errors} of {incident.SampleSize}";
    }

    /// <summary>The operators behind the panes, on their own event time.</summary>
    private sealed class Graph
    {
        private readonly PipelineOptions options;
        private readonly EventTimeScheduler eventTime = new();
        private readonly IncidentState incidents;

        public Graph(IReadOnlyList<StateEntry>? checkpoint = null, PipelineOptions? options = null)
        {
            this.options = options ?? new PipelineOptions();
            Windows = new WindowState(this.options.Windows, this.options.Baseline);
            incidents = new IncidentState(Windows, this.options.Incidents);
            Judge = new Judge(this.options.Detection, this.options.Windows);
            State.Load(checkpoint ?? []);
        }

        public WindowState Windows { get; }

        public Judge Judge { get; }

        public IObservable<IncidentChange> Incidents(IObservable<PaneRelease> panes) => panes
            .Do(release => eventTime.AdvanceTo(release.Watermark))
            .Observations(Windows)
            .Verdicts(Judge)
            .Incidents(incidents, Judge, eventTime, options.Incidents, options.Baseline, new FacetState(1 << 20, _ => false))
            .Do(decision => Windows.Apply(decision.Feedback))
            .Select(decision => decision.Change);

        private OperatorStates State => new([Windows, incidents]);

        public IReadOnlyList<StateEntry> Save() => State.Save();
    }
}
