namespace Rx.Alerting.Service.Tests.Documents;

public sealed class ChannelsDocumentTests
{
    /// <summary>The tests of the webhook fill the same template.</summary>
    [Fact]
    public void ChannelsDocument_TemplateForTeams_IsTheOneThatIsTested()
    {
        var tested = File.ReadAllText(Repository.PathOf("tests", "Rx.Alerting.Connectors.Tests", "Webhook", "teams.json"));

        var document = File.ReadAllText(Repository.PathOf("docs", "channels.md"));

        Assert.Contains($"```json\n{tested}```\n", document, StringComparison.Ordinal);
    }
}
