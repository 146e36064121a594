using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Client;

/// <summary><c>rx-alerting incidents</c> and the other commands that ask a service that runs.</summary>
public sealed class ClientCommandTests(ClientCommandTests.Asked asked) : IClassFixture<ClientCommandTests.Asked>
{
    private const string Variable = "RX_ALERTING_TOKEN";

    [Fact]
    public async Task Incidents_WithAndWithoutList_ShowTheSameTable()
    {
        var list = await RunAsync("incidents", "list", "--status", "open");
        var bare = await RunAsync("incidents", "--status", "open");

        list.Expect(ExitCode.Success);
        Assert.Equal(list, bare);
        Assert.Contains("mine / t", list.Output, StringComparison.Ordinal);
        Assert.Contains(asked.Id, list.Output, StringComparison.Ordinal);
        Assert.Contains("network", list.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Incidents_AsJson_AreWhatTheServiceAnswers()
    {
        var run = await RunAsync("incidents", "--json");

        using var document = JsonDocument.Parse(run.Output);
        Assert.Equal(asked.Id, document.RootElement.GetProperty("data")[0].GetProperty("id").GetString());
    }

    [Fact]
    public async Task Show_OfAnIncident_HasItsFactsAndItsTrail()
    {
        var run = await RunAsync("incidents", "show", asked.Id);

        run.Expect(ExitCode.Success);
        foreach (var expected in new[] { "mine / t", "Lost.", "threshold", "opened" })
            Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("incidents related {id}", "There is nothing.")]
    [InlineData("incidents timeline {id}", "event time")]
    [InlineData("incidents list --status closed", "There is nothing.")]
    [InlineData("incidents list --page 7", "There is nothing on this page. In all, there are")]
    [InlineData("silences --status pending", "There is nothing.")]
    [InlineData("maintenance-windows list", "There is nothing.")]
    [InlineData("pipelines", "test/script")]
    [InlineData("pipelines partitions", "test/script")]
    [InlineData("notifications", "There is nothing.")]
    [InlineData("notifications channels", "There is nothing.")]
    [InlineData("properties", "theirs")]
    [InlineData("properties --search MINE --order-by name", "mine")]
    [InlineData("titles --property mine --title t", "network")]
    [InlineData("titles --limit 1", "1 of 3. --limit and --page show others.")]
    public async Task Question_IsAnsweredForPeople(string command, string expected)
    {
        var run = await RunAsync(command.Replace("{id}", asked.Id, StringComparison.Ordinal).Split(' '));

        run.Expect(ExitCode.Success);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silences_CreateAndExpire_AreDone()
    {
        var made = await RunAsync("silences", "create", "--property", "other", "--for", "1h", "--comment", "why", "--id", "cli");
        var listed = await RunAsync("silences", "list", "--status", "active");
        var ended = await RunAsync("silences", "expire", "cli");

        made.Expect(ExitCode.Success);
        Assert.Matches("cli +active +property other ", listed.Output);
        ended.Expect(ExitCode.Success);
        (await RunAsync("silences", "expire", "none")).Expect(ExitCode.Failed);
    }

    [Fact]
    public async Task Incidents_Acknowledge_IsDoneUnderTheNameOfTheToken()
    {
        (await RunAsync("incidents", "acknowledge", asked.Id, "--note", "Looking")).Expect(ExitCode.Success);
        (await RunAsync("incidents", "close", "none")).Expect(ExitCode.Failed);
    }

    [Theory]
    [InlineData("incidents --status broken", "--status must be open, closed or expired; may be repeated")]
    [InlineData("incidents --limit 1000", "--limit must be a whole number from 1 to 100")]
    [InlineData("titles --order-by luck", "--order-by must be one of worst, -deviation, -errors, -total_views, name")]
    [InlineData("pipelines partitions --status odd", "--status must be one of reading, holding, paused, idle, waiting; may be repeated")]
    [InlineData("incidents show", "Required argument missing for command: 'show'.")]
    [InlineData("incidents --token rxa_x", "--token")]
    [InlineData("incidents --token-file {token}", "it is no token: mistyped, or cut off?")]
    public async Task Question_Wrong_IsMisuseThatNamesTheOption(string command, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["token"], "rxa_mistyped");
        var run = await RunAsync(command.Replace("{token}", folder["token"], StringComparison.Ordinal).Split(' '));

        run.Expect(ExitCode.Misused);
        run.ExpectNoStackTrace();
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_WithoutAToken_SaysHowToGiveOne()
    {
        var run = await CommandRun.OfAsync("incidents", "--url", asked.Url);

        run.Expect(ExitCode.Failed);
        Assert.Contains("(401)", run.Error, StringComparison.Ordinal);
        Assert.Contains($"--token-file, or of {Variable}", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Question_WithATokenInAFile_IsAnswered()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["token"], $"{AccessSettings.Reader}\n");

        var run = await CommandRun.OfAsync("incidents", "--url", asked.Url, "--token-file", folder["token"]);

        run.Expect(ExitCode.Success);
        Assert.DoesNotContain(AccessSettings.Reader, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Decision_ByAReader_IsForbidden()
    {
        var run = await CommandRun.OfAsync(
            new Dictionary<string, string> { [Variable] = AccessSettings.Reader }, "incidents", "close", asked.Id, "--url", asked.Url);

        run.Expect(ExitCode.Failed);
        Assert.Contains("(403): You may not do that. The token “reading” is reader", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Show_OfAnIncidentOfOthers_IsNotFound()
    {
        var run = await CommandRun.OfAsync(
            new Dictionary<string, string> { [Variable] = AccessSettings.Scoped }, "incidents", "show", "../silences", "--url", asked.Url);

        run.Expect(ExitCode.Failed);
        Assert.Contains("(404)", run.Error, StringComparison.Ordinal);
    }

    private Task<CommandRun> RunAsync(params string[] arguments) =>
        CommandRun.OfAsync(new Dictionary<string, string> { [Variable] = AccessSettings.Operator }, [.. arguments, "--url", asked.Url]);

    /// <summary>A service that runs.</summary>
    public sealed class Asked : IAsyncLifetime
    {
        private RunningService service = null!;

        internal string Id { get; private set; } = null!;

        internal string Url => service.Client.BaseAddress!.ToString();

        public async ValueTask InitializeAsync()
        {
            service = await FailingTitle.StartAsync();
            Id = await service.IncidentAsync(AccessSettings.Reader);
        }

        public ValueTask DisposeAsync() => service.DisposeAsync();
    }
}
