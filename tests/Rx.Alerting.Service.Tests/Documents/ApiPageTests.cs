using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Documents;

/// <summary>docs/api.md has every address and every problem, and its examples are right.</summary>
public sealed partial class ApiPageTests
{
    private static readonly string Page = File.ReadAllText(Repository.PathOf("docs", "api.md"));

    [Fact]
    public async Task ApiPage_HasEveryAddressOfTheDocumentForPrograms()
    {
        await using var service = await RunningService.StartAsync(ScriptedSource.Silent);
        var paths = (await service.AskAsync("/openapi/v1.json")).Body.GetProperty("paths").EnumerateObject().Select(path => path.Name);

        Assert.DoesNotContain(paths, path => !Page.Contains(path[path.LastIndexOf('/')..], StringComparison.Ordinal));
    }

    [Fact]
    public void ApiPage_HasEveryProblem()
    {
        var kinds = typeof(ProblemKind).GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => field.GetValue(null)).OfType<ProblemKind>().ToList();

        Assert.NotEmpty(kinds);
        Assert.DoesNotContain(kinds, kind => !Page.Contains($"`{kind.Name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void ApiPage_BodyOfTheSilence_IsUnderstood()
    {
        var body = Encoding.UTF8.GetBytes(Body().Match(Page).Groups["json"].Value);
        var given = new Dictionary<string, string> { ["type"] = "silence" };

        Assert.True(ControlMessage.Parse(body, "id", out var faults, "ann", given) is not null, string.Join("; ", faults));
    }

    [Fact]
    public async Task ApiPage_CommandsOfTheTerminal_AreUnderstood()
    {
        var section = Page[Page.IndexOf("## In a terminal", StringComparison.Ordinal)..];
        var commands = section[..section.IndexOf("```\n", StringComparison.Ordinal)].Split('\n')
            .Where(line => line.StartsWith("rx-alerting ", StringComparison.Ordinal)).ToList();

        Assert.True(commands.Count > 5);
        foreach (var command in commands)
        {
            var words = Word().Matches(command.Replace(":9000", ":1", StringComparison.Ordinal)).Skip(1)
                .Select(word => word.Value.Trim('"'));
            string[] elsewhere = command.Contains("--url", StringComparison.Ordinal) ? [] : ["--url", "http://127.0.0.1:1"];
            var run = await CommandRun.OfAsync([.. words, .. elsewhere]);

            Assert.True(run.ExitCode == 1 && run.Error.Contains("does not answer", StringComparison.Ordinal), $"{command}: {run.Error}");
        }
    }

    [GeneratedRegex("-d '(?<json>[^']+)'")]
    private static partial Regex Body();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();
}
