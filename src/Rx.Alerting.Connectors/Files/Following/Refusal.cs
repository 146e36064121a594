namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Why a file is not followed.</summary>
/// <param name="Reason">The reason, for people.</param>
/// <param name="MayPass">Whether the file may become readable though nobody writes to it.</param>
internal readonly record struct Refusal(string Reason, bool MayPass);
