using System.Reactive.Linq;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>The page with silences and maintenance windows, with a real pipeline behind it.</summary>
public sealed class SilencePageTests : IAsyncLifetime
{
    private const string Draft = "property=mine&duration=2h&comment=CDN+moves";

    private RunningService service = null!;
    private FormBrowser browser = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        await service.IncidentAsync(AccessSettings.Reader); // Event time has begun.
        browser = new(service, AccessSettings.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Silence_FromItsPreviewToItsEnd_IsListedWithWhoAndWhy()
    {
        var preview = await browser.GetAsync($"/silences?preview=yes&{Draft}");
        var made = await browser.SubmitAsync(preview, "/silences", ("comment", "CDN moves"));
        var listed = await browser.GetAsync(made.Location!);
        var ended = await browser.SubmitAsync(listed, "/silences/end", ("note", "done early"));
        var after = await browser.GetAsync(ended.Location!);

        Assert.Contains("It would have muted 1 incident in the last 7 days: 1 open now, 0 over.", preview.Text, StringComparison.Ordinal);
        Assert.Equal((303, 303), (made.Status, ended.Status));
        Assert.Contains("The silence is made.", listed.Text, StringComparison.Ordinal);
        Assert.Matches("by operating until 20[0-9-]+ [0-9:]+ : CDN moves", listed.Text);
        Assert.Contains("Nothing is silenced now.", after.Text, StringComparison.Ordinal);
        Assert.Contains("ended by operating (done early)", after.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MaintenanceWindows_FromTheirPreviewToTheirEnd_AreListed()
    {
        var preview = await browser.GetAsync(
            "/silences?preview=yes&kind=maintenance&property=shop-*&cron=0+3+*+*+SUN&time_zone=Europe%2FBerlin&duration=90m&comment=c");
        var made = await browser.SubmitAsync(preview, "/silences/maintenance", ("comment", "c"));
        var listed = await browser.GetAsync(made.Location!);
        var ended = await browser.SubmitAsync(listed, "/silences/end-maintenance");

        Assert.Contains("It would have muted no incident", preview.Text, StringComparison.Ordinal);
        Assert.Contains("property shop-*", listed.Text, StringComparison.Ordinal);
        Assert.Contains("and again by “0 3 * * SUN” in Europe/Berlin, 1 h 30 min each", listed.Text, StringComparison.Ordinal);
        Assert.Contains("Nothing is planned.", (await browser.GetAsync(ended.Location!)).Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("property=mine&duration=2h&ends_at=2027-01-01T00:00&comment=c", "new-duration-fault")]
    [InlineData("property=mine&duration=soon&comment=c", "new-duration-fault")]
    [InlineData("duration=2h&comment=c", "new-property-fault")]
    [InlineData("property=mine&ends_at=tomorrow&comment=c", "new-ends_at-fault")]
    public async Task Preview_OfWrongInput_KeepsWhatWasTypedAndSaysWhatIsWrongBesideTheField(string draft, string fault)
    {
        var page = await browser.GetAsync($"/silences?preview=yes&{draft}");

        Assert.Equal(400, page.Status);
        Assert.Contains($"id=\"{fault}\"", page.Html, StringComparison.Ordinal);
        Assert.Contains($"aria-describedby=\"{fault}\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("id=\"preview\"", page.Html, StringComparison.Ordinal);
        foreach (var typed in draft.Split('&').Select(field => field.Split('=')[1]).Where(typed => typed.Length > 2))
            Assert.Contains(typed, page.Html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("property=mine&comment=c", "“Lasts” or “Ends at” must be given, and not both")]
    [InlineData("duration=2h&comment=c", "“Property” or “Title” or “Error type” must be given")]
    public async Task Fault_OfAField_NamesFieldsByTheirLabels(string draft, string expected)
    {
        var page = await browser.GetAsync($"/silences?preview=yes&{draft}");

        Assert.Equal(400, page.Status);
        Assert.Contains(expected, page.Text, StringComparison.Ordinal);
        Assert.DoesNotMatch("ends_at|error_type|starts_at", page.Text);
    }

    /// <summary>A preview changes nothing, so nobody has to say why, or who they are.</summary>
    [Fact]
    public async Task Silence_WithoutAReason_IsPreviewedAndNotMade()
    {
        var preview = await browser.GetAsync("/silences?preview=yes&property=mine&duration=2h");
        var refused = await browser.SubmitAsync(preview, "/silences");
        var made = await browser.SubmitAsync(refused, "/silences", ("comment", "CDN moves"));

        Assert.Equal(200, preview.Status);
        Assert.Contains("It would have muted 1 incident", preview.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(">preview</textarea>", preview.Html, StringComparison.Ordinal);
        Assert.Equal(400, refused.Status);
        Assert.Contains("id=\"make-comment-fault\"", refused.Html, StringComparison.Ordinal);
        Assert.Contains("“Why” must be given", refused.Text, StringComparison.Ordinal);
        Assert.Equal(303, made.Status);
    }

    [Fact]
    public async Task Form_OfASilence_CallsNothingOptionalThatIsNeeded()
    {
        var text = (await browser.GetAsync("/silences")).Text;

        Assert.DoesNotMatch(@"(Lasts|Property|Or ends at[^)]*\)) \(optional\)", text);
        Assert.Contains("else now (optional)", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Preview_ListsOpenIncidentsFirst()
    {
        await service.ShowAsync(
            IncidentSamples.Sample("over", IncidentStatus.Closed) with
            {
                PropertyId = "mine",
                StartedAt = Now.AddHours(5),
                UpdatedAt = Now.AddHours(6),
                ResolvedAt = Now.AddHours(6),
            });

        var page = await browser.GetAsync($"/silences?preview=yes&{Draft}");

        Assert.Contains("2 incidents in the last 7 days: 1 open now, 1 over.", page.Text, StringComparison.Ordinal);
        var preview = page.Html[page.Html.IndexOf("id=\"preview\"", StringComparison.Ordinal)..];
        Assert.True(preview.IndexOf("open for", StringComparison.Ordinal) < preview.IndexOf("/incidents/over", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kind=maintenance&property=mine&cron=whenever&time_zone=Mars%2FOlympus&duration=400d&comment=c", "cron time_zone duration")]
    [InlineData("kind=maintenance&property=mine&cron=0+3+*+*+*&time_zone=UTC&duration=1h&until=2020-01-01T00:00&comment=c", "until")]
    [InlineData("property=mine&ends_at=2020-01-01T00:00&comment=c", "ends_at")]
    public async Task Preview_OfWhatCannotBeMade_SaysSoBesideTheFields(string draft, string fields)
    {
        var preview = await browser.GetAsync($"/silences?preview=yes&{draft}");

        Assert.Equal(400, preview.Status);
        Assert.DoesNotContain("id=\"preview\"", preview.Html, StringComparison.Ordinal);
        Assert.All(fields.Split(' '), field => Assert.Contains($"id=\"new-{field}-fault\"", preview.Html, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Preview_OfACallerOfSomeProperties_ListsAndCountsTheirsOnly()
    {
        await service.ShowAsync(
            IncidentSamples.Sample("foreign") with { PropertyId = "theirs", StartedAt = Now, UpdatedAt = Now },
            IncidentSamples.Sample("old", IncidentStatus.Closed) with { PropertyId = "mine" });
        using var scoped = new FormBrowser(service, AccessSettings.Scoped);

        var all = await browser.GetAsync("/silences?preview=yes&error_type=*&duration=2h&comment=c");
        var own = await scoped.GetAsync($"/silences?preview=yes&{Draft}");
        var others = await scoped.GetAsync("/silences?preview=yes&property=theirs&duration=2h&comment=c");

        Assert.Contains("It would have muted 2 incidents", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/incidents/old", all.Html, StringComparison.Ordinal);
        Assert.Contains("It would have muted 1 incident ", own.Text, StringComparison.Ordinal);
        Assert.Equal(400, others.Status);
        Assert.DoesNotContain("foreign", others.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_OfACallerOfSomeProperties_HidesSilencesOfOthers()
    {
        foreach (var property in (string[])["mine", "theirs", "shop*"])
        {
            await service.CommandAsync(
                $$"""{"type":"silence","property":"{{property}}","duration":"1h","comment":"secret of {{property}}"}""",
                AccessSettings.Operator);
        }

        using var scoped = new FormBrowser(service, AccessSettings.Scoped);
        var page = await scoped.GetAsync("/silences");

        Assert.Contains("secret of mine", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret of theirs", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret of shop", page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("/silences/end", page.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_ForWhichNoPipelineRuns_IsKeptInTheFormToBeSentAgain()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var stopped = await RunningService.StartAsync(new ScriptedSource(Observable.Empty<ViewBatch>()), clock: clock);
        await stopped.Pipelines.WaitAsync(TestContext.Current.CancellationToken);
        using var local = new FormBrowser(stopped);
        var preview = await local.GetAsync($"/silences?preview=yes&{Draft}&by=ann");

        var sending = local.SubmitAsync(preview, "/silences", ("comment", "CDN moves"), ("by", "ann"));
        while (!sending.IsCompleted)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            var step = Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System, TestContext.Current.CancellationToken);
            await Task.WhenAny(sending, step);
        }

        var answer = await sending;
        Assert.Equal(503, answer.Status);
        Assert.Contains("No pipeline runs in this process. Nothing was done.", answer.Text, StringComparison.Ordinal);
        Assert.Contains("CDN moves</textarea>", answer.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"ann\"", answer.Html, StringComparison.Ordinal);
        Assert.Equal(FormBrowser.Fields(preview, "/silences")[1..], FormBrowser.Fields(answer, "/silences")[1..]);
    }

    private static DateTimeOffset Now => DateTimeOffset.FromUnixTimeMilliseconds(FailingTitle.Begin).AddHours(1);
}
