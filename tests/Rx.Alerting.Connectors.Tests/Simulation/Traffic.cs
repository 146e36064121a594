using Rx.Alerting.Connectors.Simulation;

namespace Rx.Alerting.Connectors.Tests.Simulation;

/// <summary>Small traffic to test with.</summary>
internal static class Traffic
{
    public static SimulationOptions Small { get; } = new() { Views = 60_000, Properties = 6, Titles = 400, Days = 7, Seed = 7 };

    public static List<SimulatedView> Generate(SimulationOptions options) => Generate(new TrafficGenerator(options));

    public static List<SimulatedView> Generate(TrafficGenerator generator)
    {
        var views = new List<SimulatedView>();
        while (generator.TryNext(out var slice))
            views.AddRange(slice);
        return views;
    }

    public static SimulationSummary Write(SimulationOptions options, TemporaryDirectory directory) =>
        SimulationWriter.Write(options, directory.Path, null, TestContext.Current.CancellationToken);
}
