using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Testing.Dumps;

namespace Rx.Alerting.Connectors.Tests.Contracts;

public sealed class InMemoryDumpTargetTests : DumpTargetContract
{
    private readonly InMemoryDumpTarget target = new();

    protected override Task<IDumpTarget> TargetAsync() => Task.FromResult<IDumpTarget>(target);
}
