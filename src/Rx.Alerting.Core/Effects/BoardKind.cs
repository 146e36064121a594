namespace Rx.Alerting.Core.Effects;

/// <summary>The boards of a store.</summary>
/// <param name="Name">Tells the boards of a store apart. Must stay the same.</param>
/// <param name="IsWrittenAgain">
/// Whether the owners of parts write again what the board has lost. If so, its latest changes may be lost with the power.
/// </param>
public sealed record BoardKind(string Name, bool IsWrittenAgain)
{
    /// <summary>The latest state of each incident, which checkpoints have as well.</summary>
    public static BoardKind Incidents { get; } = new("board", IsWrittenAgain: true);

    /// <summary>What channels have told.</summary>
    public static BoardKind Notifications { get; } = new("notifications", IsWrittenAgain: false);

    /// <summary>Tokens for the API. They belong to no pipeline.</summary>
    public static BoardKind Tokens { get; } = new("tokens", IsWrittenAgain: false);

    /// <summary>The keys by which processes protect what they give browsers to keep. They belong to no pipeline.</summary>
    public static BoardKind ProtectionKeys { get; } = new("protection_keys", IsWrittenAgain: false);
}
