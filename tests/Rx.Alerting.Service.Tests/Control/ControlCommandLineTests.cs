using System.Text;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary><c>rx-alerting control</c> over HTTP.</summary>
public sealed class ControlCommandLineTests : IAsyncLifetime
{
    private static readonly string[] Silence =
        ["silence", "--by", "ann", "--property", "p*", "--for", "1h", "--starts-at", "2026-01-01T00:00:00Z", "--comment", "why"];

    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Silence_Twice_HasTheSameAnswer()
    {
        var first = await RunAsync([.. Silence, "--id", "s", "--json"]);
        var second = await RunAsync([.. Silence, "--id", "s", "--json"]);
        var other = await RunAsync([.. Silence, "--id", "t"]);

        first.Expect(ExitCode.Success);
        var reply = ControlJson.Read(Encoding.UTF8.GetBytes(first.Output))!;
        Assert.Equal(("s", ReplyStatus.Done, "test/script"), (reply.CommandId, reply.Status, Assert.Single(reply.Pipelines).Pipeline));
        Assert.Equal(first, second);
        Assert.StartsWith("silence t: done", other.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unsilence_BehindASilence_EndsIt()
    {
        (await RunAsync([.. Silence, "--id", "s"])).Expect(ExitCode.Success);

        (await RunAsync("unsilence", "s", "--by", "ann", "--note", "early")).Expect(ExitCode.Success);
        (await RunAsync("unsilence", "s", "--by", "ann")).Expect(ExitCode.Failed);
    }

    [Theory]
    [InlineData("acknowledge", "none", "there is no open incident none")]
    [InlineData("close", "none", "there is no open incident none")]
    [InlineData("end-maintenance", "none", "there are no maintenance windows none")]
    public async Task Command_IsRefused_SaysWhyAndFails(string type, string id, string expected)
    {
        var run = await RunAsync(type, id, "--by", "ann");

        run.Expect(ExitCode.Failed);
        Assert.Contains(expected, run.Output, StringComparison.Ordinal);
        Assert.Matches($"^{type} [0-9a-f-]{{36}}: refused", run.Output);
    }

    [Fact]
    public async Task SetOptions_AndPause_AreInForceAndShown()
    {
        var set = await RunAsync(
            "set-options", "Detection:MinimumErrors=7", "incidents:updateinterval=10m", "--by", "ann", "--comment", "Less noise");
        var pause = await RunAsync("pause", "--by", "ann", "--comment", "The broker moves", "--id", "p");
        var status = await RunAsync("status", "--by", "bob", "--json");
        var shown = await RunAsync("status", "--by", "bob");
        var other = await RunAsync("resume", "--by", "bob", "--id", "p");
        var reset = await RunAsync("set-options", "Detection:MinimumErrors=", "--by", "ann");
        var resume = await RunAsync("resume", "--by", "bob");

        set.Expect(ExitCode.Success);
        Assert.Contains("Detection:MinimumErrors 5 → 7", set.Output, StringComparison.Ordinal);
        pause.Expect(ExitCode.Success);
        var pipeline = Assert.Single(ControlJson.Read(Encoding.UTF8.GetBytes(status.Output))!.Pipelines);
        Assert.Equal(new PauseReply("ann", "The broker moves", null), pipeline.Paused);
        Assert.Equal(new OptionReply("Detection:MinimumErrors", "7", "5", 1, "ann", "Less noise", null), pipeline.Options![0]);
        Assert.Contains("paused by ann", string.Join(' ', shown.Output.Split((char[]?)null)), StringComparison.Ordinal);
        other.Expect(ExitCode.Failed);
        Assert.Contains("another command", other.Output, StringComparison.Ordinal);
        Assert.Contains("Detection:MinimumErrors 7 → 5", reset.Output, StringComparison.Ordinal);
        resume.Expect(ExitCode.Success);
    }

    [Theory]
    [InlineData("Detection:MinimumErrors", "Detection:MinimumErrors: must be KEY=VALUE, or KEY= for the value that is configured")]
    [InlineData("=7", "=7: must be KEY=VALUE")]
    [InlineData("Detection:MinimumErrors=x", "Detection:MinimumErrors is “x”, must be a whole number")]
    [InlineData("Kafka:Topic=x", "Kafka:Topic cannot be set while the service runs")]
    public async Task SetOptions_Wrong_IsMisuse(string option, string expected)
    {
        var run = await RunAsync("set-options", option, "--by", "ann");

        run.Expect(ExitCode.Misused);
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SetOptions_Twice_IsMisuse()
    {
        var run = await RunAsync("set-options", "Detection:MinimumErrors=7", "Detection:MinimumErrors=8", "--by", "ann");

        run.Expect(ExitCode.Misused);
        Assert.Contains("Detection:MinimumErrors is given twice", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Forget_WhatIsNotKnown_IsRefused()
    {
        var run = await RunAsync("forget", "--property", "p", "--title", "t", "--error-type", "e", "--by", "ann");

        run.Expect(ExitCode.Failed);
        Assert.Contains("nothing is known of property p", string.Join(' ', run.Output.Split((char[]?)null)), StringComparison.Ordinal);
        (await RunAsync("forget", "--by", "ann")).Expect(ExitCode.Misused);
    }

    [Fact]
    public async Task Maintenance_BeforeTheFirstView_IsRefused()
    {
        var run = await RunAsync(
            "maintenance", "--by", "ann", "--property", "p", "--cron", "0 3 * * *", "--time-zone", "Europe/Berlin", "--for", "1h",
            "--comment", "c", "--until", "2030-01-01T00:00:00Z");

        run.Expect(ExitCode.Failed);
        Assert.Contains("cannot be given before the first view", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StatusAndCheckpoint_OfAService_AreShown()
    {
        var checkpoint = await RunAsync("checkpoint", "--by", "ann");
        var status = await RunAsync("status", "--by", "ann");

        status.Expect(ExitCode.Success);
        Assert.Contains("0 views, 0 properties, 0 titles, 0 incidents open", status.Output, StringComparison.Ordinal);
        Assert.Matches("commit [1-9]", checkpoint.Output);
    }

    [Fact]
    public async Task Silence_WithFaults_NamesAllOfThemAndSendsNothing()
    {
        var run = await CommandRun.OfAsync(
            "control", "silence", "--for", "soon", "--starts-at", "now", "--url", "http://127.0.0.1:1", "--set", "RabbitMq:Nothing=1");
        var named = await CommandRun.OfAsync("control", "silence", "--for", "soon", "--starts-at", "now", "--url", "http://127.0.0.1:1");

        run.Expect(ExitCode.Misused);
        named.Expect(ExitCode.Misused);
        foreach (var option in new[] { "--by must be given", "--property or", "--for must be", "--starts-at must be", "--comment must be" })
            Assert.Contains($"rx-alerting: {option}", named.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_NotGiven_IsTheUserOfTheMachine() =>
        (await CommandRun.OfAsync(new Dictionary<string, string> { ["USER"] = "ann" }, ["control", "status", "--url", Url]))
            .Expect(ExitCode.Success);

    [Fact]
    public async Task NobodyListens_SaysHowToSendAgain()
    {
        var run = await CommandRun.OfAsync("control", "status", "--by", "a", "--id", "x", "--url", $"http://127.0.0.1:{FreePort.Find()}");

        run.Expect(ExitCode.Failed);
        run.ExpectNoStackTrace();
        Assert.Contains("Send command x again with --id x.", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("localhost:8080")]
    [InlineData("ftp://localhost")]
    public async Task Url_IsNone_IsMisuse(string url) =>
        (await CommandRun.OfAsync("control", "status", "--by", "a", "--url", url)).Expect(ExitCode.Misused);

    [Theory]
    [InlineData("""{"by":"ann","type":"status"}""", ExitCode.Success, "status")]
    [InlineData("""{"id":"own","by":"ann","type":"checkpoint"}""", ExitCode.Success, "checkpoint own: done")]
    [InlineData("""{"by":"ann","by":"bob","type":"status"}""", ExitCode.Misused, "is not JSON")]
    [InlineData("""{"by":"ann","type":"status","more":1}""", ExitCode.Misused, "more is not a member")]
    [InlineData("[]", ExitCode.Misused, "must be a JSON object")]
    [InlineData("", ExitCode.Misused, "is not JSON")]
    public async Task Send_File_IsSentAsItIs(string content, int code, string expected)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["command.json"], content);

        var run = await RunAsync("send", folder["command.json"]);

        run.Expect(code);
        run.ExpectNoStackTrace();
        Assert.Contains(expected, run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Send_FileIsTooLarge_IsMisuse()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["command.json"], new string(' ', ControlMessage.MaximumBytes + 1));

        (await RunAsync("send", folder["command.json"])).Expect(ExitCode.Misused);
    }

    [Fact]
    public async Task Help_OfEverySubcommand_HasExamples()
    {
        foreach (var subcommand in new[] { "", "silence", "maintenance", "set-options", "forget", "pause", "resume", "send", "status" })
        {
            var run = await CommandRun.OfAsync([.. new[] { "control", subcommand, "--help" }.Where(part => part.Length > 0)]);
            Assert.Contains($"rx-alerting control {subcommand}", run.Output.Split("Examples:")[1], StringComparison.Ordinal);
        }
    }

    private string Url => service.Client.BaseAddress!.ToString();

    private Task<CommandRun> RunAsync(params string[] arguments) => CommandRun.OfAsync(["control", .. arguments, "--url", Url]);
}
