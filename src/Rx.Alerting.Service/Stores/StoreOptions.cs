using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Stores;

/// <summary>Where the service keeps its state.</summary>
[OptionSection("Store")]
internal sealed record StoreOptions
{
    /// <summary>Where checkpoints are kept. Each store has a section of its own.</summary>
    public StoreKind Kind { get; init; } = StoreKind.Sqlite;
}
