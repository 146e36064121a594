using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Names that would do something where they are not shown as texts.</summary>
public static class HostileName
{
    public static TheoryData<string> All =>
    [
        "\"><script>alert(1)</script><img src=x onerror=alert(2)>' javascript:alert(3)",
        "good\u202Egnp.exe",
        new string('W', 500),
        "🎬👩‍👩‍👧‍👦🇧🇷",
        "=cmd|' /C calc'!A0",
    ];

    /// <summary>Asserts that a page shows a name, and that the name does nothing else on it.</summary>
    public static void IsShownAsText(string name, string html)
    {
        Assert.Contains(IncidentWords.Printable(name), System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal);
        DoesNothing(html);
    }

    /// <summary>Asserts that whatever names are on a page do nothing there.</summary>
    public static void DoesNothing(string html)
    {
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<img", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain('\u202E', html);
        Assert.DoesNotMatch(" style=| on[a-z]+=\"|<style", html);
        Assert.All(PageReader.Links(html), link => Assert.Matches("^[/#]([^/\\\\]|$)", link));
    }
}
