using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Client;

/// <summary>Commands that ask a service, where there is none of ours; and their help.</summary>
public sealed class ClientFailureTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1", ExitCode.Failed, "does not answer: ")]
    [InlineData("ftp://127.0.0.1", ExitCode.Misused, "--url ftp://127.0.0.1: must be like http://127.0.0.1:8080")]
    [InlineData("http://127.0.0.1:1/rx", ExitCode.Misused, "--url: must end behind the port")]
    [InlineData("http://ann:secret@127.0.0.1:1", ExitCode.Misused, "--url: must be without user and password")]
    public async Task Question_ToWhereNobodyAnswers_SaysSo(string url, int code, string expected)
    {
        var run = await CommandRun.OfAsync("pipelines", "--url", url);

        run.Expect(code);
        run.ExpectNoStackTrace();
        Assert.Contains(expected, run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(200, "<html>")]
    [InlineData(200, "{}")]
    [InlineData(200, "[1]")]
    [InlineData(404, "not here")]
    [InlineData(302, "")]
    public async Task Question_ToAnotherService_SaysThatItIsNone(int status, string body)
    {
        using var server = new ScriptedHttpServer(_ => new ScriptedAnswer(status, body));

        var run = await CommandRun.OfAsync("incidents", "--json", "--url", server.Address.ToString());

        run.Expect(ExitCode.Failed);
        Assert.Contains($"answers {status}, and not as rx-alerting does. Is it another service?", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Help_OfEveryCommand_HasExamplesAndSaysWhereTheTokenIs()
    {
        string[] commands =
        [
            "incidents", "incidents list", "incidents show", "silences", "maintenance-windows", "pipelines", "pipelines partitions",
            "notifications", "properties", "titles",
        ];
        foreach (var command in commands)
        {
            var run = await CommandRun.OfAsync([.. command.Split(' '), "--help"]);

            Assert.Contains($"rx-alerting {command.Split(' ')[0]}", run.Output.Split("Examples:")[1], StringComparison.Ordinal);
            Assert.Contains("--token-file or the variable RX_ALERTING_TOKEN", run.Output, StringComparison.Ordinal);
        }
    }
}
