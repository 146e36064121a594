using Rx.Alerting.Core.Effects;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class InMemoryBoardTests : BoardLoadContract
{
    private readonly InMemoryBoard board = new();

    protected override IBoard Board => board;

    protected override IBoard Other => board;

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
