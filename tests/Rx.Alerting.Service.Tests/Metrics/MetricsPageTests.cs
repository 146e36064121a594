using System.Text.RegularExpressions;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Service.Tests.Metrics;

/// <summary>The metrics of every source, judged by Prometheus' own tool, and compared with the document.</summary>
public sealed partial class MetricsPageTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Page_OfEverySource_PromtoolHasNothingToSay()
    {
        var promtool = Promtool.Find();
        Assert.False(promtool is null && Environment.GetEnvironmentVariable("CI") == "true", Promtool.Install);
        Assert.SkipWhen(promtool is null, Promtool.Install);
        foreach (var metrics in AllMetrics.OfAllSources())
        {
            using (metrics)
                Assert.Equal(string.Empty, await Promtool.CheckAsync(promtool!, await metrics.PageAsync(), Cancel));
        }
    }

    /// <summary>A row is <c>| `views_total` | counter | …</c>. Several names may stand in one row.</summary>
    [Fact]
    public async Task Document_Tables_HaveTheMetricsOfAllSourcesAndNoOthers()
    {
        var real = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var metrics in AllMetrics.OfAllSources())
        {
            using (metrics)
                real.UnionWith(AllMetrics.TypesOf(await metrics.PageAsync()).Where(IsOurs));
        }

        var told = File.ReadLines(Repository.PathOf("docs", "metrics.md"))
            .Select(line => Row().Match(line)).Where(row => row.Success)
            .SelectMany(row => Name().Matches(row.Groups["names"].Value)
                .Select(name => $"rx_alerting_{name.Groups[1].Value} {row.Groups["type"]}"))
            .Order(StringComparer.Ordinal);

        Assert.Equal(real, told);

        static bool IsOurs(string type) => type.StartsWith("rx_alerting_", StringComparison.Ordinal);
    }

    [GeneratedRegex(@"^\| (?<names>`.+?`) \| (?<type>counter|gauge|histogram)\b")]
    private static partial Regex Row();

    [GeneratedRegex("`([a-z_]+)`")]
    private static partial Regex Name();
}
