namespace Rx.Alerting.Service.Api;

internal static class Reading
{
    /// <summary>Whatever can be got can be asked for without its content, as monitoring does.</summary>
    public static string[] Methods { get; } = [HttpMethods.Get, HttpMethods.Head];
}
