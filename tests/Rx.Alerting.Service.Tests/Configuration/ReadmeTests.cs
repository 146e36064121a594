using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Configuration;

public sealed class ReadmeTests
{
    [Fact]
    public void Readme_OptionsTable_IsWhatTheCodeSays()
    {
        var readme = File.ReadAllText(Repository.PathOf("README.md"));

        Assert.True(
            readme.Contains(OptionsTable.Markdown(), StringComparison.Ordinal),
            "README.md must hold the table that rx-alerting options --markdown writes.");
    }
}
