namespace Rx.Alerting.Service.Api;

/// <summary>The HTTP methods of addresses that are only read.</summary>
internal static class ReadMethods
{
    /// <summary>GET and HEAD. Monitoring uses HEAD to ask without the content.</summary>
    public static string[] All { get; } = [HttpMethods.Get, HttpMethods.Head];
}
