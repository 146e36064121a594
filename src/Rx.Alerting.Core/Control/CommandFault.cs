namespace Rx.Alerting.Core.Control;

/// <summary>What is wrong with a command.</summary>
/// <param name="Member">The part of the command, as control messages name it: <c>time_zone</c>.</param>
/// <param name="Problem">A clause whose subject is the member.</param>
public sealed record CommandFault(string Member, string Problem)
{
    /// <summary>Other members that the fault is about. Whoever could not read one of them cannot tell.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>A clause that begins with the member.</summary>
    public override string ToString() => $"{Member} {Problem}";
}
