using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>What is wrong with the service names files, hosts and pipelines. Only callers who may see everything are told.</summary>
public sealed class UntoldTests : IAsyncLifetime
{
    private const string Trouble = "/var/lib/secret/state.db cannot be read";

    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));
        await service.ShowAsync(IncidentSamples.Sample("mine") with { PropertyId = "mine" });
        service.Fail("pipeline-of-others", Trouble);
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("/health/ready")]
    [InlineData("/health/startup")]
    [InlineData("/health/live")]
    public async Task Health_OfACallerWithoutRights_IsOneWord(string address)
    {
        foreach (var token in new[] { null, AccessSettings.Scoped })
        {
            var answer = await service.AskAsync(address, token);

            Assert.Matches("^(ready|started|live|waiting)\n$", answer.Text);
        }
    }

    [Fact]
    public async Task Health_OfAReader_SaysWhatIsWrong()
    {
        var answer = await service.AskAsync("/health/ready", AccessSettings.Reader);

        Assert.Equal(503, answer.Status);
        Assert.Contains(Trouble, answer.Text, StringComparison.Ordinal);
        Assert.Contains("pipeline-of-others", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/incidents/mine")]
    public async Task Page_OfAScopedCaller_SaysOnlyThatSomethingMayBeMissing(string address)
    {
        var scoped = await service.AskAsync(address, AccessSettings.Scoped);
        var all = await service.AskAsync(address, AccessSettings.Reader);

        Assert.Contains("state.db", all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("state.db", scoped.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("pipeline-of-others", scoped.Text, StringComparison.Ordinal);
        Assert.Contains("may be missing or old", scoped.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/incidents/missing")]
    public async Task Notice_OfAScopedCaller_SaysOnlyThatSomethingMayBeMissing(string address)
    {
        var scoped = await service.AskAsync(address, AccessSettings.Scoped);
        var all = await service.AskAsync(address, AccessSettings.Reader);

        Assert.Contains(Trouble, all.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", scoped.Text, StringComparison.Ordinal);
        Assert.Contains("may be missing or old", scoped.Text, StringComparison.Ordinal);
    }
}
