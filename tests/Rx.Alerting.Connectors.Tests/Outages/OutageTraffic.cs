using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Checkpoints;

namespace Rx.Alerting.Connectors.Tests.Outages;

/// <summary>Traffic with incidents that open and close, and what is delivered of it where nothing goes wrong.</summary>
internal static class OutageTraffic
{
    internal static readonly IReadOnlyList<TestView> Views = Make(6000);

    private static readonly Lazy<Task<IReadOnlyList<string>>> Undisturbed = new(RunAsync);

    /// <summary>The changes that an undisturbed run delivers.</summary>
    internal static Task<IReadOnlyList<string>> ExpectedAsync() => Undisturbed.Value;

    /// <summary>One property with a view a second. In each two thousand views, there are three hundred of which half fail.</summary>
    private static List<TestView> Make(int count)
    {
        var random = new SplitMix(1);
        var views = new List<TestView>(count);
        for (var i = 0; i < count; i++)
        {
            var rate = i % 2000 is >= 1200 and < 1500 ? 0.5 : 0.01;
            var title = $"title-{random.Next(20)}";
            var error = random.NextDouble() < rate ? "network" : "";
            views.Add(new(1_772_409_600_000 + (i * 1000L), "acme", title, error));
        }

        return views;
    }

    private static async Task<IReadOnlyList<string>> RunAsync()
    {
        var pipeline = new WatchedPipeline();
        pipeline.Start(new InMemoryCheckpointStore(), new ListedViews(Views));
        await pipeline.EndAsync();
        Assert.True(pipeline.Delivered.Count > 3, "The traffic has incidents.");
        return pipeline.Delivered;
    }
}
