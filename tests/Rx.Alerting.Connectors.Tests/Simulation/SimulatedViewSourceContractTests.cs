using System.Globalization;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Connectors.Tests.Simulation;

public sealed class SimulatedViewSourceContractTests : ViewSourceContract
{
    private protected override Task<SourceFixture> CreateAsync(int partitions) => Task.FromResult<SourceFixture>(new Fixture(partitions));

    private sealed class Fixture(int partitions) : SourceFixture
    {
        public override SourceAbilities Abilities => SourceAbilities.None;

        public override IReadOnlyList<string> Partitions { get; } =
            [.. Enumerable.Range(0, partitions).Select(i => string.Create(CultureInfo.InvariantCulture, $"simulated-{i}"))];

        public override IViewSource Open() => new SimulatedViewSource(
            SimulationOptions.Demo with { Partitions = partitions, Speed = 10 }, new MuxJsonDecoder(), new JumpingTimeProvider());
    }
}
