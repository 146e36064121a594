namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Why a file is not followed.</summary>
/// <param name="Reason">For people.</param>
/// <param name="MayPass">It may be readable later without having been written.</param>
internal readonly record struct Refusal(string Reason, bool MayPass);
