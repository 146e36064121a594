using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Core.Tests.Notifications;

/// <summary>A part is not told by itself where the channel tells the whole. Elsewhere somebody must hear of the part.</summary>
public sealed class NotificationInhibitionTests
{
    private static readonly IncidentMatcher PropertyA = new("a");
    private static readonly NotificationRoute RouteOfA = new(["chat"], PropertyA, null, null, false);

    [Fact]
    public async Task WholeIsTold_ItsPartsAreNot()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Platform(1), A(1, "platform"), Title(1, "a"));

        Assert.Equal(["platform"], Told(scenario));
        Assert.Equal((NotificationOutcome.Inhibited, "platform"), await LastAsync(scenario, "a"));
        Assert.Equal(NotificationOutcome.Inhibited, (await LastAsync(scenario, "title")).Outcome);
    }

    [Fact]
    public async Task RoutesDoNotLeadTheWholeHere_ThePartIsToldItself_ToItsEnd()
    {
        var scenario = await RoutedAsync(RouteOfA);
        await scenario.ChangeAsync(Platform(1), A(1, "platform"));
        await scenario.ChangeAsync(A(2, "platform", IncidentStatus.Closed), Platform(2, IncidentStatus.Closed));

        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        Assert.Equal(["a", "a"], Told(scenario));
        Assert.Equal(NotificationOutcome.NoRoute, (await scenario.RecordsAsync("platform"))[0].Outcome);
    }

    [Fact]
    public async Task WasTold_BecomesPartOfAWholeThatIsNotLedHere_GoesOn()
    {
        var scenario = await RoutedAsync(RouteOfA);
        await scenario.ChangeAsync(A(1));
        await scenario.ChangeAsync(Platform(2), A(2, "platform"));
        await scenario.ChangeAsync(A(3, "platform") with { Severity = IncidentSeverity.Alert });

        Assert.Equal(["Opened!", "SeverityRaised!"], scenario.Words);
        Assert.All(scenario.Told, told => Assert.False(told.IsOver));
    }

    [Fact]
    public async Task TitleBeneathAPropertyThatIsNotLedHere_IsToldItself()
    {
        var scenario = await RoutedAsync(new NotificationRoute(["chat"], new IncidentMatcher(Title: "title"), null, null, false));
        await scenario.ChangeAsync(A(1), Title(1, "a"));

        Assert.Equal(["title"], Told(scenario));
    }

    [Fact]
    public async Task PropertyIsToldInsteadOfThePlatform_ItsTitlesAreNot()
    {
        var scenario = await RoutedAsync(RouteOfA);
        await scenario.ChangeAsync(Platform(1), A(1, "platform"), Title(1, "a"));

        Assert.Equal(["a"], Told(scenario));
        Assert.Equal((NotificationOutcome.Inhibited, "a"), await LastAsync(scenario, "title"));
    }

    [Fact]
    public async Task WholeIsNotSevereEnough_ThePartIsToldItself_UntilTheWholeIs()
    {
        var scenario = new NotificationScenario().With(target => target with { MinimumSeverity = IncidentSeverity.Alert });
        await scenario.BeginAsync();
        await scenario.ChangeAsync(Platform(1), A(1, "platform") with { Severity = IncidentSeverity.Alert });
        Assert.Equal(["a"], Told(scenario));

        await scenario.ChangeAsync(Platform(2) with { Severity = IncidentSeverity.Alert });
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["Opened!", "Opened!", "Folded"], scenario.Words);
        Assert.Equal(["a", "platform", "a"], Told(scenario));
    }

    [Fact]
    public async Task WholeIsRefused_ThePartIsToldItself()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.DeliverAsync(Platform(1), A(1, "platform"));
        scenario.Answer(new NotifyResult.Refused("400"));
        await scenario.PassAsync(TimeSpan.FromSeconds(10));

        Assert.Equal(["a"], Told(scenario));
    }

    /// <summary>Whoever silences the whole, or takes it on, means all of it.</summary>
    [Fact]
    public async Task WholeIsSilencedOrTakenOn_ThePartIsNotTold_AndSaysWhy()
    {
        var (silenced, taken) = (await new NotificationScenario().BeginAsync(), await new NotificationScenario().BeginAsync());
        await silenced.ChangeAsync(Platform(1) with { SilencedBy = ["s1"] }, A(1, "platform"));
        await taken.ChangeAsync(Platform(1) with { Acknowledgement = new("ann", Start, null) }, A(1, "platform"));

        Assert.Empty(silenced.Attempts);
        Assert.Equal((NotificationOutcome.Silenced, "s1"), await LastAsync(silenced, "a"));
        Assert.Empty(taken.Attempts);
        Assert.Equal((NotificationOutcome.Acknowledged, "ann"), await LastAsync(taken, "a"));
    }

    [Fact]
    public async Task WholeWasToldAndIsSilencedSince_ItsPartsAreNotTold()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Platform(1));
        await scenario.ChangeAsync(Platform(2) with { SilencedBy = ["s1"] }, A(2, "platform"));

        Assert.Equal(["platform"], Told(scenario));
    }

    [Fact]
    public async Task ChannelHasNeverHeardOfTheWhole_ThePartIsToldItself()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(A(1, "platform"));

        Assert.Equal(["Opened!"], scenario.Words);
    }

    [Fact]
    public async Task WholeEnds_ThePartThatGoesOnIsTold()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Platform(1), A(1, "platform"));
        await scenario.ChangeAsync(Platform(2, IncidentStatus.Closed));
        Assert.Equal(["Opened!", "Closed!"], scenario.Words);
        await scenario.ChangeAsync(A(2));

        Assert.Equal(["platform", "platform", "a"], Told(scenario));
    }

    [Fact]
    public async Task WholeIsNotToldHere_TheNextProcessTellsItsPart()
    {
        var scenario = await new NotificationScenario().With(target => target with { Routes = [RouteOfA] }).BeginAsync();
        await scenario.DeliverAsync(Platform(1) with { SilencedBy = ["s1"] }, A(1, "platform") with { SilencedBy = ["s1"] });
        await scenario.BeginAsync(Platform(2), A(2, "platform"));
        await scenario.PassAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(["a"], Told(scenario));
    }

    [Fact]
    public async Task AfterARestart_PartsBeneathAWholeThatIsToldStayAsTheyAre()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(Platform(1), A(1, "platform"));
        await scenario.BeginAsync(A(1, "platform"), Platform(1));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        Assert.Equal(["platform"], Told(scenario));
        Assert.Single(await scenario.RecordsAsync("platform"));
    }

    /// <summary>Of two that opened together one is a part elsewhere: the other one goes on, and is shown.</summary>
    [Fact]
    public async Task OneOfTwoThatOpenedTogether_IsToldAsAPart_TheNotificationSaysWhich()
    {
        var scenario = await new NotificationScenario().BeginAsync();
        await scenario.ChangeAsync(A(1), A(1) with { Id = "b", PropertyId = "b" });
        await scenario.ChangeAsync(Platform(2), A(2, "platform"));
        await scenario.PassAsync(TimeSpan.FromMinutes(1));

        var last = scenario.Told.Last(told => told.ThreadId == "a");
        Assert.False(last.IsOver);
        Assert.Equal(["a"], last.Parts);
    }

    private static async Task<NotificationScenario> RoutedAsync(params NotificationRoute[] routes) =>
        await new NotificationScenario().With(target => target with { Routes = routes }).BeginAsync();

    private static IEnumerable<string> Told(NotificationScenario scenario) => scenario.Told.Select(told => told.ThreadId);

    private static async Task<(NotificationOutcome Outcome, string? Detail)> LastAsync(NotificationScenario scenario, string id) =>
        (await scenario.RecordsAsync(id))[^1] is var record ? (record.Outcome, record.Detail) : default;

    private static Incident Platform(int minute, IncidentStatus status = IncidentStatus.Open) =>
        Sample("platform", status, minute: 1) with { PropertyId = null, UpdatedAt = Start.AddMinutes(minute) };

    private static Incident A(int minute, string? parent = null, IncidentStatus status = IncidentStatus.Open) =>
        Sample("a", status) with { PropertyId = "a", ParentId = parent, UpdatedAt = Start.AddMinutes(minute) };

    private static Incident Title(int minute, string parent) =>
        Sample("title", minute: 2) with { PropertyId = "a", VideoId = "title", ParentId = parent, UpdatedAt = Start.AddMinutes(minute) };
}
