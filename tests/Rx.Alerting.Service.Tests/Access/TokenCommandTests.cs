using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>The command line makes tokens beside a service that runs.</summary>
public sealed class TokenCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Create_ListAndRevoke_BesideTheService()
    {
        var shared = new TemporaryFolder();
        await using var service = await RunningService.StartAsync(
            ScriptedSource.Silent, shared, AccessSettings.Of(shared, ("Access:Anonymous", "none")));
        var store = $"Sqlite:Path={shared["state.db"]}";

        var created = await CommandRun.OfAsync("token", "create", "ann", "--role", "operator", "--expires", "90d", "--set", store);
        created.Expect(0);
        var token = created.Output.Trim();
        Assert.True(ApiToken.IsWellFormed(token));
        Assert.Contains("“ann”: operator of all properties, until ", created.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(token, created.Error, StringComparison.Ordinal);

        Assert.Equal(200, (await service.AskAsync("/", token)).Status);
        var twice = await CommandRun.OfAsync("token", "create", "ann", "--set", store);
        twice.Expect(1);
        Assert.Contains("token revoke ann", twice.Error, StringComparison.Ordinal);

        var listed = await CommandRun.OfAsync("token", "list", "--set", store);
        listed.Expect(0);
        Assert.Contains("operator", listed.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("rxa_", listed.Output, StringComparison.Ordinal);

        (await CommandRun.OfAsync("token", "revoke", "ann", "--set", store)).Expect(0);
        var begin = TimeProvider.System.GetTimestamp();
        while ((await service.AskAsync("/", token)).Status != 401)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < TimeSpan.FromSeconds(10), "the token still holds");
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, TestContext.Current.CancellationToken);
        }

        (await CommandRun.OfAsync("token", "revoke", "ann", "--set", store)).Expect(1);
    }

    [Fact]
    public async Task Create_WrongArguments_NamesAllFaults()
    {
        var run = await CommandRun.OfAsync("token", "create", "a b", "--role", "none", "--expires", "soon", "--property", " ");

        run.Expect(2);
        foreach (var part in new[] { "NAME is “a b”", "--role is none", "--expires is “soon”", "--property is empty" })
            Assert.Contains(part, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task New_Token_IsAsItsHashSays()
    {
        var run = await CommandRun.OfAsync("token", "new");

        run.Expect(0);
        var hash = Convert.ToHexStringLower(ApiToken.HashOf(run.Output.Trim()));
        Assert.EndsWith($"{hash}{Environment.NewLine}", run.Error, StringComparison.Ordinal);
        Assert.Single(AccessSettings.Of(folder, ("Access:Tokens:a:Sha256", hash)).AccessTokens.All);
    }

    [Fact]
    public async Task Control_WithATokenOfAFileOrTheEnvironment_IsItsCaller()
    {
        var shared = new TemporaryFolder();
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent, shared, AccessSettings.WithTokens(shared));
        await File.WriteAllTextAsync(folder["token"], $"{AccessSettings.Admin}\n", TestContext.Current.CancellationToken);
        var url = service.Client.BaseAddress!.ToString();

        var paused = await CommandRun.OfAsync("control", "pause", "--url", url, "--token-file", folder["token"]);
        var status = await CommandRun.OfAsync(
            new Dictionary<string, string> { ["RX_ALERTING_TOKEN"] = AccessSettings.Reader }, "control", "status", "--json", "--url", url);
        var refused = await CommandRun.OfAsync("control", "status", "--by", "ann", "--url", url);
        var broken = await CommandRun.OfAsync(
            new Dictionary<string, string> { ["RX_ALERTING_TOKEN"] = "rxa_cut" }, "control", "status", "--url", url);

        paused.Expect(0);
        status.Expect(0);
        Assert.Contains("\"by\":\"administering\"", status.Output, StringComparison.Ordinal);
        refused.Expect(1);
        Assert.Contains("Authorization: Bearer", refused.Error, StringComparison.Ordinal);
        broken.Expect(2);
        Assert.Contains("RX_ALERTING_TOKEN: it is no token", broken.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("rxa_cut", broken.Error, StringComparison.Ordinal);
    }
}
