using System.Text.RegularExpressions;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>People send several forms of a page without loading it again: each is a command of its own.</summary>
public sealed partial class SeveralFormsTests : IAsyncLifetime
{
    private RunningService service = null!;
    private FormBrowser browser = null!;
    private string incident = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        incident = await service.IncidentAsync(AccessSettings.Reader);
        browser = new(service, AccessSettings.Operator);
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await service.DisposeAsync();
    }

    [Theory]
    [InlineData("silence", "\"duration\":\"2h\"", "/silences/end", "The silence has ended.")]
    [InlineData(
        "maintenance", "\"cron\":\"0 3 * * *\",\"time_zone\":\"UTC\",\"duration\":\"1h\"", "/silences/end-maintenance",
        "The maintenance windows have ended.")]
    public async Task TwoSilences_EndedFromOneLoadedPage_HaveBothEnded(string type, string members, string action, string said)
    {
        foreach (var id in (string[])["a", "b"])
        {
            await service.CommandAsync(
                $$"""{"id":"{{id}}","type":"{{type}}","property":"p","comment":"c",{{members}}}""", AccessSettings.Operator);
        }

        var forms = FormBrowser.AllFields(await browser.GetAsync("/silences"), action);
        var answers = new List<Page>();
        foreach (var form in forms)
            answers.Add(await browser.PostAsync(action, form));
        var again = await browser.PostAsync(action, forms[0]);

        Assert.Equal([303, 303], answers.Select(answer => answer.Status));
        Assert.Contains(said, (await browser.GetAsync(answers[1].Location!)).Text, StringComparison.Ordinal);
        // A second click is the same command: it has the answer of the first one, and does nothing twice.
        Assert.Equal(303, again.Status);
        var after = await browser.GetAsync("/silences");
        Assert.Equal(2, Regex.Count(after.Text, "ended by operating"));
        Assert.Empty(FormBrowser.AllFields(after, action));
    }

    [Fact]
    public async Task Forms_OfAPage_HaveIdsOfTheirOwn()
    {
        foreach (var property in (string[])["p", "q"])
        {
            await service.CommandAsync(
                $$"""{"type":"silence","property":"{{property}}","comment":"c","duration":"1h"}""", AccessSettings.Operator);
        }

        foreach (var address in (string[])["/silences?preview=yes&property=p&duration=2h&comment=c", $"/incidents/{incident}"])
        {
            var ids = Ids().Matches((await browser.GetAsync(address)).Html).Select(id => id.Groups[1].Value).ToList();

            Assert.InRange(ids.Count, 3, 10);
            Assert.Equal(ids.Count, ids.Distinct().Count());
        }
    }

    [GeneratedRegex("<input type=\"hidden\" name=\"id\" value=\"([^\"]*)\"")]
    private static partial Regex Ids();
}
