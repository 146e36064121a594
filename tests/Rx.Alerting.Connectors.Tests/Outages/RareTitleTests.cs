using System.Text.Json;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Outages;

/// <summary>Titles that are seen seldom, over a month of event time and several lives of the process.</summary>
public sealed class RareTitleTests
{
    private const string Rare = "rare";
    private const int Days = 30;
    private const int PopularTitles = 50;

    /// <summary>
    /// The property's views of a day. 40 are of the rare title, one in ten is of a title that never comes again, the others are of popular
    /// titles.
    /// </summary>
    private const int ViewsADay = 8640;
    private const int RareViewsADay = 40;
    private const double Rate = 0.05;
    private const int LeakingFromDay = 3;
    private const double LeakRate = 0.15;
    private static readonly long Start = new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
    private static readonly PipelineOptions Options = new()
    {
        Windows = new WindowOptions { TitleExpiry = TimeSpan.FromDays(3) },
        Baseline = new BaselineOptions { MaximumVariation = 0.4 },
    };

    private static readonly CheckpointOptions Checkpoints = new() { Interval = TimeSpan.FromMilliseconds(100) };

    [Fact]
    public async Task Run_AMonthWithWeeklyRestarts_FindsTheRareTitleAndForgetsTheOthers()
    {
        var views = Month();
        using var folder = new TemporaryFolder();
        var restarted = new WatchedPipeline { Options = Options };
        for (var day = 7; day < Days + 7; day += 7)
        {
            await using var store = new SqliteCheckpointStore(new() { Path = Path.Combine(folder.Path, "weekly.db") });
            var source = new ListedViews(views) { Limit = Math.Min(day, Days) * ViewsADay };
            // Every second week ends with a crash. Views that are not committed are read again.
            restarted.Start(store, source, Checkpoints with { StopTimeout = TimeSpan.FromSeconds(day % 2 * 5) });
            await restarted.UntilAsync(() => source.Read >= source.Limit, "the end of the week");
            if (day < Days)
                await restarted.StopAsync();
            else
                await restarted.EndAsync();

            var titles = await TitlesAsync(store);
            // Titles of the latest three days; and of the fourth, because the order in which titles were seen does not matter there.
            Assert.InRange(titles, PopularTitles + 1, PopularTitles + 1 + (4 * ViewsADay / 10));
        }

        await using var other = new SqliteCheckpointStore(new() { Path = Path.Combine(folder.Path, "whole.db") });
        var undisturbed = new WatchedPipeline { Options = Options };
        undisturbed.Start(other, new ListedViews(views), Checkpoints);
        await undisturbed.EndAsync();

        Assert.Equal(undisturbed.Delivered, restarted.Delivered);
        var changes = restarted.Delivered.Select(text => JsonSerializer.Deserialize(text, IncidentJson.Readable.IncidentChange)!);
        // A leak that is so slow shows in large windows only.
        var incident = Assert.Single(changes, change => change.Transition == IncidentTransition.Opened).Incident;
        Assert.Equal((Rare, "network"), (incident.VideoId, incident.ErrorType));
        Assert.InRange(incident.SampleSize, 200, Options.Windows.MinimumViews);
    }

    /// <summary>The entries of titles, which are what a restored pipeline knows.</summary>
    private static async Task<int> TitlesAsync(SqliteCheckpointStore store)
    {
        var entries = new List<StateEntry>();
        foreach (var section in StateSections.All)
        {
            await foreach (var chunk in store.ReadAsync(WatchedPipeline.Name, section, TestContext.Current.CancellationToken))
                entries.AddRange(chunk);
        }

        using var pipeline = new DetectionPipeline(Options, entries);
        Assert.Equal(pipeline.Statistics.Titles, entries.Count(entry => entry.Key.Section == StateSections.Titles));
        return pipeline.Statistics.Titles;
    }

    private static List<TestView> Month()
    {
        var random = new SplitMix(30);
        var views = new List<TestView>(Days * ViewsADay);
        for (var i = 0; i < Days * ViewsADay; i++)
        {
            var (rare, leaking) = (i % (ViewsADay / RareViewsADay) == 7, i / ViewsADay >= LeakingFromDay);
            var title = rare ? Rare : random.Next(10) == 0 ? $"once-{i}" : $"popular-{random.Next(PopularTitles)}";
            var error = random.NextDouble() < (rare && leaking ? LeakRate : Rate) ? "network" : "";
            views.Add(new(Start + (i * 86_400_000L / ViewsADay), "acme", title, error));
        }

        return views;
    }
}
