using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;

namespace Rx.Alerting.Service.Tests.Explain;

public sealed class RootCauseTests : IDisposable
{
    private const int MaximumViews = 300_000;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Explain_RealIncidents_FindsTheirCauses()
    {
        var data = Environment.GetEnvironmentVariable(RootCauseData.Variable);
        Assert.SkipWhen(string.IsNullOrEmpty(data), $"{RootCauseData.Variable} does not name the folder of the real incidents.");
        var (cases, first, amongThree, amongFive, related) = (RootCauseData.Read(data!), 0, 0, 0, 0);
        var missed = new List<string>();
        foreach (var one in cases)
        {
            var slices = await ExplainAsync(one);
            var place = slices.FindIndex(one.Causes.Contains);
            first += place == 0 ? 1 : 0;
            amongThree += place is >= 0 and < 3 ? 1 : 0;
            amongFive += place is >= 0 and < 5 ? 1 : 0;
            var isRelated = slices.Count > 0 && one.Causes.Any(cause => IsPart(cause, slices[0]) || IsPart(slices[0], cause));
            related += isRelated ? 1 : 0;
            if (place != 0)
                missed.Add($"{Path.GetFileName(one.File)}: place {place}, {string.Join(" or ", one.Causes)}: {string.Join(" | ", slices)}");
        }

        var result = $"first {first}, among three {amongThree}, among five {amongFive}, related {related} of {cases.Count}";
        TestContext.Current.TestOutputHelper?.WriteLine($"{result}\n{string.Join('\n', missed)}");
        Assert.True(
            first >= 0.66 * cases.Count && amongThree >= 0.92 * cases.Count && amongFive >= 0.95 * cases.Count
                && related >= 0.96 * cases.Count,
            result);
    }

    private static bool IsPart(string part, string whole) => part.Split(' ').All(whole.Split(' ').Contains);

    private static string Text(DateTimeOffset time) => $"{time:yyyy-MM-dd'T'HH:mm:ss'Z'}";

    private async Task<List<string>> ExplainAsync(RootCauseCase one)
    {
        await using (var file = new StreamWriter(folder["views.jsonl"]))
            RootCauseData.Write(one, file, MaximumViews);
        var from = DateTimeOffset.FromUnixTimeSeconds(one.Minute);
        var (begin, end) = (Text(from), Text(from.AddMinutes(1)));
        var run = await CommandRun.OfAsync("explain", folder["views.jsonl"], "--from", begin, "--to", end, "--json");
        run.Expect(ExitCode.Success);
        using var json = JsonDocument.Parse(run.Output);
        return
        [
            .. json.RootElement.GetProperty("explanations").EnumerateArray().Select(explanation => RootCauseData.Text(
                explanation.GetProperty("dimensions").EnumerateArray()
                    .Select(part => (part.GetProperty("name").GetString()!, part.GetProperty("value").GetString()!)))),
        ];
    }
}
