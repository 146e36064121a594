using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Documents;

public sealed class OptionsDocumentTests
{
    [Fact]
    public void OptionsDocument_Table_IsWhatTheCodeSays()
    {
        var document = File.ReadAllText(Repository.PathOf("docs", "options.md"));

        Assert.True(
            document.Contains(OptionsTable.Markdown(), StringComparison.Ordinal),
            "docs/options.md must hold the table that rx-alerting options --markdown writes.");
    }
}
