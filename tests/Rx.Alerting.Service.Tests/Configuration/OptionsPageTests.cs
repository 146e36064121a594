using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Configuration;

public sealed class OptionsPageTests
{
    [Fact]
    public void Page_InTheDocuments_IsWhatTheCodeSays() => Assert.Equal(
        OptionsPage.Markdown(),
        File.ReadAllText(Repository.PathOf(Path.Combine("docs", "options.md"))));

    [Fact]
    public void Markdown_RowOfAnOption_SaysDefaultBoundsAndMeaning() => Assert.Contains(
        "| `Windows:MaximumTitles` | 2000000 | 1 to 100,000,000 | "
        + "Titles that are kept. Beyond that, the least recently seen titles are forgotten. |",
        OptionsPage.Markdown(),
        StringComparison.Ordinal);
}
