namespace Rx.Alerting.Service.Control;

/// <summary>What is wrong with a control message.</summary>
/// <param name="Member">The member of the JSON object; <c>body</c> where it is the whole message.</param>
/// <param name="Problem">A clause whose subject is the member.</param>
internal sealed record ControlFault(string Member, string Problem)
{
    public const string Body = "body";

    public override string ToString() => $"{Member} {Problem}";
}
