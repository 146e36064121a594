namespace Rx.Alerting.Service.Stores;

/// <summary>Section <c>Store</c>: where the service keeps its state.</summary>
internal sealed record StoreOptions
{
    /// <summary>Where checkpoints are kept: sqlite or redis; each has a section of its own. Default sqlite.</summary>
    public StoreKind Kind { get; init; } = StoreKind.Sqlite;
}
