using Rx.Alerting.Core.Explanations;

namespace Rx.Alerting.Core.Tests.Explanations;

public sealed class SliceRankingTests
{
    private const double Normal = 0.02;

    private static readonly string[] Cdns = ["fastly", "akamai", "lumen"];
    private static readonly string[] Countries = ["US", "BR", "DE"];
    private static readonly string[] Players = ["7.1", "7.2"];

    /// <summary>All combinations have as many views, before and now.</summary>
    private static SliceTable Table(Func<string, string, string, double> rate, Func<string, string, string, double>? before = null)
    {
        var table = new NamedSliceTable(["cdn", "country", "player_version"]);
        foreach (var cdn in Cdns)
        {
            foreach (var country in Countries)
            {
                foreach (var player in Players)
                {
                    int[] row = [table.Value(0, cdn), table.Value(1, country), table.Value(2, player)];
                    var past = before?.Invoke(cdn, country, player) ?? Normal;
                    table.Add(row, new(1000, 1000 * rate(cdn, country, player), 10_000, 10_000 * past), 1000);
                }
            }
        }

        return table;
    }

    private static string Best(Ranking ranking) =>
        string.Join(' ', ranking.Best[0].Dimensions.Select(dimension => $"{dimension.Name}={dimension.Value}"));

    [Fact]
    public void Rank_OneCdnFails_NamesIt()
    {
        var ranking = SliceRanking.Rank(Table((cdn, _, _) => cdn == "akamai" ? 0.2 : Normal), Normal);

        Assert.Equal(("cdn=akamai", ExplainedBy.Cause), (Best(ranking), ranking.By));
        var best = ranking.Best[0];
        Assert.Equal((6000, 1200), (best.Views, best.AffectedViews));
        Assert.Equal(1, best.Share, 6);
        Assert.Equal(0.2, best.ErrorRate, 6);
        Assert.Equal(Normal, best.NormalRate, 6);
        Assert.Equal(10, best.Lift, 6);
    }

    [Theory]
    [InlineData("cdn=akamai country=BR")]
    [InlineData("country=DE player_version=7.2")]
    [InlineData("cdn=lumen country=US player_version=7.1")]
    public void Rank_CombinationFails_NamesTheWholeCombination(string slice)
    {
        var ranking = SliceRanking.Rank(Table((cdn, country, player) => Has(slice, cdn, country, player) ? 0.5 : Normal), Normal);

        Assert.Equal((slice, ExplainedBy.Cause), (Best(ranking), ranking.By));
    }

    [Fact]
    public void Rank_AllViewsFailAlike_NamesNone() =>
        Assert.Equal(ExplainedBy.None, SliceRanking.Rank(Table((_, _, _) => 0.3), Normal).By);

    [Fact]
    public void Rank_ValueThatIsAlwaysWorse_IsNotNamed()
    {
        // Everything fails three times as much as before; one CDN is five times as bad as the others, now and before.
        var ranking = SliceRanking.Rank(
            Table((cdn, _, _) => cdn == "lumen" ? 0.3 : 0.06, (cdn, _, _) => cdn == "lumen" ? 0.1 : 0.02), 0.14 / 3);

        Assert.Equal(ExplainedBy.None, ranking.By);
    }

    [Theory]
    [InlineData(31, 31)]
    [InlineData(40, 20)]
    [InlineData(3, 3)]
    public void Rank_FewViewsThatHaveAlwaysFailed_AreNotNamed(int viewsBefore, int errorsBefore)
    {
        // A page that does not exist fails as it always has, and nothing else is worse than before.
        var table = new NamedSliceTable(["video_id"]);
        var rate = (double)errorsBefore / viewsBefore;
        table.Add([table.Value(0, "missing")], new(15, Math.Round(15 * rate), viewsBefore, errorsBefore), 15);
        table.Add([table.Value(0, "home")], new(2000, 40, 4500, 90), 2000);

        var best = SliceRanking.Rank(table, 0.0228).Best.SingleOrDefault(slice => slice.Dimensions[0].Value == "missing");

        Assert.InRange(best?.Lift ?? 1, 0, viewsBefore > 10 ? 1.2 : 3);
    }

    [Fact]
    public void Rank_FewViewsThatNeverFailedBefore_AreNamed()
    {
        var table = new NamedSliceTable(["video_id"]);
        table.Add([table.Value(0, "new")], new(15, 15, 31, 0), 15);
        table.Add([table.Value(0, "home")], new(2000, 40, 4500, 90), 2000);

        Assert.Equal(("video_id=new", ExplainedBy.Cause), (Best(SliceRanking.Rank(table, 0.02)), SliceRanking.Rank(table, 0.02).By));
    }

    [Fact]
    public void Rank_WorseValueKnownByItsFactor_IsNotNamed()
    {
        var table = new NamedSliceTable(["cdn"]);
        foreach (var cdn in Cdns)
        {
            var value = table.Value(0, cdn);
            table.Add([value], new(1000, cdn == "lumen" ? 300 : 60, 0, 0), 1000);
            table.SetFactor(0, value, cdn == "lumen" ? 2.14 : 0.43);
        }

        Assert.Equal(ExplainedBy.None, SliceRanking.Rank(table, 0.14 / 3).By);
    }

    [Fact]
    public void Rank_TwoCdnsFail_NamesBothFirst()
    {
        // Nearly all views of both have player 7.1 in common, as have many that do not fail.
        var table = new NamedSliceTable(["cdn", "player_version"]);
        foreach (var (cdn, player, views, rate) in new[]
        {
            ("fastly", "7.1", 900, 0.4), ("akamai", "7.1", 900, 0.4), ("lumen", "7.1", 900, Normal),
            ("fastly", "7.2", 100, 0.4), ("akamai", "7.2", 100, 0.4), ("lumen", "7.2", 100, Normal),
        })
        {
            table.Add([table.Value(0, cdn), table.Value(1, player)], new(views, views * rate, views * 10, views * 10 * Normal), views);
        }

        var ranking = SliceRanking.Rank(table, Normal);

        Assert.Equal(["akamai", "fastly"], ranking.Best.Take(2).Select(slice => slice.Dimensions.Single().Value).Order());
    }

    [Fact]
    public void Rank_SlicesWithTheSameViews_NamesTheShortest()
    {
        var table = new NamedSliceTable(["browser", "operating_system"]);
        table.Add([table.Value(0, "Roku"), table.Value(1, "Roku OS")], new(500, 400, 5000, 100), 500);
        table.Add([table.Value(0, "Chrome"), table.Value(1, "Windows")], new(5000, 100, 50_000, 1000), 5000);

        Assert.Equal("browser=Roku", Best(SliceRanking.Rank(table, Normal)));
    }

    [Fact]
    public void Rank_ViewsThatDoNotSay_AreInNoSlice()
    {
        var table = new NamedSliceTable(["cdn"]);
        table.Add([0], new(500, 400, 5000, 100), 500);
        table.Add([table.Value(0, "fastly")], new(500, 10, 5000, 100), 500);

        Assert.Equal(ExplainedBy.None, SliceRanking.Rank(table, Normal).By);
    }

    [Fact]
    public void Rank_FewSampledViews_AreNotTrusted()
    {
        // 8 of 10 errors come from the CDN that seems to have 3 of 10 views. Of these, 10 were looked at.
        var table = new NamedSliceTable(["cdn"]);
        table.Add([table.Value(0, "fastly")], new(24, 8, 0, 0), 3);
        table.Add([table.Value(0, "akamai")], new(56, 2, 0, 0), 7);

        Assert.Equal(ExplainedBy.None, SliceRanking.Rank(table, Normal).By);
    }

    /// <summary>Three of four failures, each of which stands for others, come from a CDN that has a third of the views.</summary>
    private static SliceTable Thinned(int standsFor, int seen)
    {
        var table = new NamedSliceTable(["cdn"]);
        foreach (var (cdn, failures, views) in new[] { ("fastly", 3, 400), ("akamai", 1, 800) })
        {
            int[] row = [table.Value(0, cdn)];
            table.Add(row, new(failures * standsFor, failures * standsFor, 0, 0), failures * seen);
            table.Add(row, new(views, 0, 10 * views, 10 * views * Normal), views);
        }

        return table;
    }

    [Theory]
    [InlineData(64, ExplainedBy.Cause)]
    [InlineData(1, ExplainedBy.None)]
    public void Rank_FailuresThatStandForOthers_ProveWhatWasLookedAt(int seen, ExplainedBy by)
    {
        var ranking = SliceRanking.Rank(Thinned(64, seen), Normal);

        Assert.Equal(("cdn=fastly", by), (Best(ranking), ranking.By));
        Assert.Equal(192, ranking.Best[0].AffectedViews);
        Assert.Equal(192d / 592, ranking.Best[0].ErrorRate, 6);
    }

    [Fact]
    public void Rank_OneFailureThatStandsForMany_IsNotBetterThanManyFailures()
    {
        // Both have as many failures and views, by their weights.
        var table = new NamedSliceTable(["cdn"]);
        table.Add([table.Value(0, "fastly")], new(100, 100, 0, 0), 100);
        table.Add([table.Value(0, "akamai")], new(128, 128, 0, 0), 1);
        foreach (var cdn in Cdns)
            table.Add([table.Value(0, cdn)], new(400, 0, 4000, 80), 400);

        var ranking = SliceRanking.Rank(table, Normal);

        Assert.Equal("cdn=fastly", Best(ranking));
        Assert.Equal(128, ranking.Best[1].AffectedViews);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(Normal)]
    public void Rank_NothingFails_NamesNothing(double normal)
    {
        var ranking = SliceRanking.Rank(Table((_, _, _) => 0), normal);

        Assert.Equal(ExplainedBy.None, ranking.By);
        Assert.Empty(ranking.Best);
    }

    [Fact]
    public void Rank_NoViews_NamesNothing() => Assert.Empty(SliceRanking.Rank(new NamedSliceTable(["cdn"]), Normal).Best);

    [Fact]
    public void Rank_RowsInAnyOrder_SaysTheSame()
    {
        var table = Table((cdn, country, _) => cdn == "akamai" && country == "BR" ? 0.4 : cdn == "lumen" ? 0.03 : Normal);
        var reversed = new NamedSliceTable(table.Dimensions);
        for (var row = table.RowCount - 1; row >= 0; row--)
        {
            int[] cells = [.. Enumerable.Range(0, 3).Select(i => reversed.Value(i, table.Text(i, table.Cell(row, i))))];
            reversed.Add(cells, table.Counts(row), 1000);
        }

        Assert.Equal(Text(SliceRanking.Rank(table, Normal)), Text(SliceRanking.Rank(reversed, Normal)));

        static string Text(Ranking ranking) => System.Text.Json.JsonSerializer.Serialize(ranking);
    }

    private static bool Has(string slice, string cdn, string country, string player) => slice.Split(' ').All(part =>
        part == $"cdn={cdn}" || part == $"country={country}" || part == $"player_version={player}");
}
