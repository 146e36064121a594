using System.Net;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Forms;

/// <summary>Names of people and titles are asked for once, and said where they are known.</summary>
public sealed class NameTests
{
    /// <summary>Whoever is not known by a token or a proxy types a name once.</summary>
    [Theory]
    [InlineData("Ann O'Nymous; é", true)]
    [InlineData("", false)]
    [InlineData("a\nb", false)]
    public async Task Name_ThatWasTyped_IsInTheNextForm(string name, bool isKept)
    {
        await using var local = await FailingTitle.StartOpenAsync();
        using var typing = new FormBrowser(local);
        var preview = await typing.GetAsync("/silences?preview=yes&property=mine&duration=2h");

        var sent = await typing.SubmitAsync(preview, "/silences", ("comment", "c"), ("by", name));
        var next = await typing.GetAsync("/silences?preview=yes&property=mine&duration=2h");

        Assert.Equal(isKept, sent.Cookie?.Contains("rx-name=", StringComparison.Ordinal) ?? false);
        if (isKept)
            Assert.Matches("rx-name=[^;]+; max-age=31536000; path=/; samesite=lax; httponly", sent.Cookie);
        var html = WebUtility.HtmlDecode(next.Html);
        Assert.Contains($"name=\"by\" type=\"text\" value=\"{(isKept ? name : null)}\"", html, StringComparison.Ordinal);
    }

    /// <summary>The id of a title tells people nothing.</summary>
    [Fact]
    public async Task List_OfASilenceOfATitle_HasItsName()
    {
        await using var service = await FailingTitle.StartOpenAsync();
        using var browser = new FormBrowser(service);
        await service.IncidentAsync(); // Event time has begun.
        await service.ShowAsync(IncidentSamples.Sample("a") with { PropertyId = "mine", VideoId = "740387ac", VideoTitle = "Enlace" });
        foreach (var title in (string[])["740387ac", "unknown"])
        {
            await service.CommandAsync(
                $$"""{"type":"silence","by":"ann","title":"{{title}}","duration":"1h","comment":"CDN moves"}""");
        }

        var text = (await browser.GetAsync("/silences")).Text;

        Assert.Contains("title “Enlace” (740387ac)", text, StringComparison.Ordinal);
        Assert.Contains("title unknown", text, StringComparison.Ordinal);
    }
}
