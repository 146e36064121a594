using Rx.Alerting.Core.Effects;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class InMemoryIncidentBoardTests : IncidentBoardLoadContract
{
    private readonly InMemoryIncidentBoard board = new();

    protected override IIncidentBoard Board => board;

    protected override IIncidentBoard Other => board;

    protected override Task LoseAsync()
    {
        board.Lose();
        return Task.CompletedTask;
    }

    protected override Task LoseAsync(string pipeline)
    {
        board.Lose(pipeline);
        return Task.CompletedTask;
    }
}
