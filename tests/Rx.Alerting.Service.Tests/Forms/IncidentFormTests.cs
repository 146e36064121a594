using System.Net;
using System.Text.Json;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>What somebody decides on the page of an incident, with a real pipeline behind it.</summary>
public sealed class IncidentFormTests : IAsyncLifetime
{
    private RunningService service = null!;
    private FormBrowser browser = null!;
    private string id = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        id = await service.IncidentAsync(AccessSettings.Reader);
        browser = new(service, AccessSettings.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await service.DisposeAsync();
    }

    [Fact]
    public async Task Acknowledge_OnThePage_IsToldUnderTheNameOfTheCallerAndShown()
    {
        var page = await browser.GetAsync(Path());

        var answer = await browser.SubmitAsync(page, Path("acknowledge"), ("note", "looking at the CDN"), ("by", "somebody else"));
        var shown = await browser.GetAsync(answer.Location!);

        Assert.Equal(303, answer.Status);
        Assert.StartsWith($"{Path()}?", answer.Location, StringComparison.Ordinal);
        Assert.Contains("The incident is acknowledged.", shown.Text, StringComparison.Ordinal);
        Assert.Contains("acknowledged by operating: looking at the CDN", shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Path("acknowledge"), shown.Html, StringComparison.Ordinal);
        Assert.Equal("operating", (await service.ReadAsync(id)).GetProperty("acknowledgement").GetProperty("by").GetString());
    }

    [Fact]
    public async Task Form_ThatIsSentTwice_DoesNothingTwice()
    {
        var page = await browser.GetAsync(Path());

        var first = await browser.SubmitAsync(page, Path("silence"), ("for", "4h"), ("comment", "known"));
        var second = await browser.SubmitAsync(page, Path("silence"), ("for", "4h"), ("comment", "known"));

        Assert.Equal((303, 303), (first.Status, second.Status));
        Assert.Single((await service.ReadAsync(id)).GetProperty("silenced_by").EnumerateArray());
        Assert.Single(Trail(await service.ReadAsync(id), "silenced"));
    }

    [Fact]
    public async Task Close_AfterItsConfirmation_ClosesTheIncident()
    {
        var confirmation = await browser.GetAsync(Path("close"));

        var answer = await browser.SubmitAsync(confirmation, Path("close"), ("note", "fixed in release 12"));
        var shown = await browser.GetAsync(answer.Location!);

        Assert.Contains("Yes, close it", confirmation.Text, StringComparison.Ordinal);
        Assert.Contains("closed by operating: fixed in release 12", shown.Text, StringComparison.Ordinal);
        Assert.Equal("closed", (await service.ReadAsync(id)).GetProperty("status").GetString());
        Assert.DoesNotContain("id=\"acts\"", shown.Html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silence_UntilATimeOfTheReadersZone_EndsThen()
    {
        await browser.GetAsync($"{Path()}?tz=Asia%2FTokyo");
        var until = DateTimeOffset.FromUnixTimeMilliseconds(FailingTitle.Begin).AddDays(1);
        var typed = until.ToOffset(TimeSpan.FromHours(9)).ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);

        var answer = await browser.SubmitAsync(
            await browser.GetAsync(Path("silence")), Path("silence"), ("for", "until"), ("until", typed), ("comment", "CDN moves"));
        var silences = await browser.GetAsync("/silences");

        Assert.Equal(303, answer.Status);
        Assert.Contains("property mine, title t, error network", silences.Text, StringComparison.Ordinal);
        Assert.Contains($"by operating until {typed.Replace('T', ' ')}", silences.Text, StringComparison.Ordinal);
        Assert.Contains(": CDN moves", silences.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Form_WithWrongInput_KeepsWhatWasTypedAndSaysWhatIsWrongBesideTheField()
    {
        var page = await browser.GetAsync(Path());

        var answer = await browser.SubmitAsync(page, Path("silence"), ("for", "until"), ("until", "soon"), ("comment", "CDN moves"));

        Assert.Equal(400, answer.Status);
        const string fault = "id=\"silence-until-fault\">“Until (event time, in UTC)” must be a date and a time of day";
        Assert.Contains(fault, answer.Html, StringComparison.Ordinal);
        Assert.Contains("aria-describedby=\"silence-until-fault\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains("value=\"soon\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains(">CDN moves</textarea>", answer.Html, StringComparison.Ordinal);
        Assert.Empty((await service.ReadAsync(id)).GetProperty("silenced_by").EnumerateArray());
    }

    [Theory]
    [InlineData("", "", "silence-for-fault", "must be given, or “Until”")]
    [InlineData("1h", "2027-01-01T08:00", "silence-until-fault", "which of the two is meant?")]
    public async Task Silence_ThatDoesNotSayHowLong_IsAFaultAndNoDefault(string span, string until, string fault, string words)
    {
        var page = await browser.GetAsync(Path());

        var answer = await browser.SubmitAsync(page, Path("silence"), ("for", span), ("until", until), ("comment", "CDN moves"));

        Assert.Equal(400, answer.Status);
        Assert.Contains($"id=\"{fault}\"", answer.Html, StringComparison.Ordinal);
        Assert.Contains(words, answer.Text, StringComparison.Ordinal);
        Assert.Empty((await service.ReadAsync(id)).GetProperty("silenced_by").EnumerateArray());
    }

    [Fact]
    public async Task Silence_WithoutTheFieldOfItsLength_IsAFault()
    {
        var token = FormBrowser.Fields(await browser.GetAsync(Path()), Path("silence")).Single(field => field.Name == "form_token");

        var answer = await browser.PostAsync(Path("silence"), token, ("comment", "CDN moves"));

        Assert.Equal(400, answer.Status);
        Assert.Empty((await service.ReadAsync(id)).GetProperty("silenced_by").EnumerateArray());
    }

    [Fact]
    public async Task SecondComment_InAnOldForm_IsSaidNotToBeKept()
    {
        var page = await browser.GetAsync(Path());
        await browser.SubmitAsync(page, Path("acknowledge"), ("note", "looking at the CDN"));

        var again = await browser.SubmitAsync(page, Path("acknowledge"), ("note", "it is the origin"));
        var same = await browser.SubmitAsync(page, Path("acknowledge"), ("note", "looking at the CDN"));

        var text = (await browser.GetAsync(again.Location!)).Text;
        Assert.Contains("There was nothing to do: operating has acknowledged incident", text, StringComparison.Ordinal);
        Assert.Contains("Your comment was not kept.", text, StringComparison.Ordinal);
        Assert.Contains("The incident is acknowledged.", (await browser.GetAsync(same.Location!)).Text, StringComparison.Ordinal);
        Assert.Single(Trail(await service.ReadAsync(id), "acknowledged"));
    }

    [Fact]
    public async Task SilencedIncident_SaysWhoUntilWhenAndWhyOnItsPageAndInTheList()
    {
        await browser.SubmitAsync(await browser.GetAsync(Path()), Path("silence"), ("for", "4h"), ("comment", "CDN moves"));

        var (page, list) = (await browser.GetAsync(Path()), await browser.GetAsync("/"));

        Assert.Matches("by operating until 20[0-9-]+ [0-9:]+ : CDN moves", page.Text);
        Assert.Matches("silenced by operating until [0-9]+ [A-Z][a-z]+ [0-9:]+", list.Text);
        Assert.DoesNotMatch("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}", System.Text.RegularExpressions.Regex.Replace(
            (await browser.GetAsync("/silences")).Text, "id is [^ ]+", string.Empty));
    }

    [Fact]
    public async Task Form_ThatThePipelineRefuses_SaysWhyAndKeepsWhatWasTyped()
    {
        var (confirmation, other) = (await browser.GetAsync(Path("close")), await browser.GetAsync(Path("close")));
        await browser.SubmitAsync(confirmation, Path("close"));

        var answer = await browser.SubmitAsync(other, Path("close"), ("note", "and my reason"));

        Assert.Equal(409, answer.Status);
        Assert.Contains("has ended at", answer.Text, StringComparison.Ordinal);
        Assert.Contains("and my reason", answer.Text, StringComparison.Ordinal);
    }

    /// <summary>What people post is never a link nor a script (CVE-2023-40577, CVE-2022-31097).</summary>
    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("<a href=\"javascript:alert(1)\">look</a>")]
    public async Task Comment_OfAHostilePerson_IsATextAndNeverALink(string hostile)
    {
        var page = await browser.GetAsync(Path());
        await browser.SubmitAsync(page, Path("acknowledge"), ("note", hostile));
        await browser.SubmitAsync(page, Path("silence"), ("for", "1h"), ("comment", hostile));

        foreach (var address in (string[])[Path(), "/silences", "/", $"/silences?preview=yes&property=mine&duration=1h&comment={hostile}"])
        {
            var shown = await browser.GetAsync(address.Replace(hostile, Uri.EscapeDataString(hostile), StringComparison.Ordinal));

            Assert.Equal(200, shown.Status);
            Assert.DoesNotContain("<script>alert", shown.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotContain("<img", shown.Html, StringComparison.OrdinalIgnoreCase);
            Assert.DoesNotMatch("(href|src|action)=\"?(javascript|data):", shown.Html);
        }

        Assert.Contains(hostile, WebUtility.HtmlDecode((await browser.GetAsync(Path())).Html), StringComparison.Ordinal);
    }

    private string Path(string? act = null) => act is null ? $"/incidents/{id}" : $"/incidents/{id}/{act}";

    private static IEnumerable<JsonElement> Trail(JsonElement incident, string reason) =>
        incident.GetProperty("trail").EnumerateArray().Where(entry => entry.GetProperty("reason").GetString() == reason);
}
