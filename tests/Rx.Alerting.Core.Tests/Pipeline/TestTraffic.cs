using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Pipeline;

/// <summary>Simple traffic with chosen failures. Every <see cref="Step"/> milliseconds comes one view.</summary>
internal sealed class TestTraffic(ulong seed)
{
    public static readonly long Start = DateTimeOffset.Parse("2026-03-02T00:00:00Z", System.Globalization.CultureInfo.InvariantCulture)
        .ToUnixTimeMilliseconds();

    private readonly SplitMix random = new(seed);
    private readonly List<TestView> views = [];

    public long Now { get; private set; } = Start;

    public int Step { get; init; } = 1000;

    public int Titles { get; init; } = 20;

    public IReadOnlyList<TestView> Views => views;

    /// <summary>Adds <paramref name="count"/> views of a property with random titles; each error type has its rate.</summary>
    public TestTraffic Add(int count, string property, params (string Type, double Rate)[] errors) => Add(count, property, null, errors);

    /// <summary>Adds views of one title.</summary>
    public TestTraffic Add(int count, string property, string? title, params (string Type, double Rate)[] errors) =>
        Add(count, property, title, _ => errors);

    /// <summary>Adds views of a property with random titles; each title has its own error rates.</summary>
    public TestTraffic AddByTitle(int count, string property, Func<int, (string Type, double Rate)[]> errors) =>
        Add(count, property, null, errors);

    private TestTraffic Add(int count, string property, string? title, Func<int, (string Type, double Rate)[]> errors)
    {
        for (var i = 0; i < count; i++)
        {
            Now += Step;
            var type = "";
            var (u, share) = (random.NextDouble(), random.NextDouble());
            var number = (int)(Titles * share * share);
            foreach (var (name, rate) in errors(number))
            {
                if (u >= 0 && u < rate)
                    type = name;
                u -= rate;
            }

            var of = title ?? $"title-{number}";
            views.Add(new TestView(Now, property, of, type, type.Length == 0 ? "" : $"{type} happened"));
        }

        return this;
    }

    public TestTraffic Pause(TimeSpan time)
    {
        Now += (long)time.TotalMilliseconds;
        return this;
    }

    /// <summary>Both streams in event-time order.</summary>
    public static IReadOnlyList<TestView> Merge(params TestTraffic[] streams) =>
        [.. streams.SelectMany(stream => stream.Views).OrderBy(view => view.Time)];
}
