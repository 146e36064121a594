namespace Rx.Alerting.Service.Api;

/// <summary>The HTTP methods of addresses that are only read.</summary>
internal static class ReadMethods
{
    /// <summary>GET and HEAD. Monitoring uses HEAD to ask without the content.</summary>
    public static string[] All { get; } = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Has addresses that answer GET answer HEAD, too, where a package has mapped them.</summary>
    public static void AddHead(EndpointBuilder endpoint)
    {
        for (var i = 0; i < endpoint.Metadata.Count; i++)
        {
            if (endpoint.Metadata[i] is HttpMethodMetadata { HttpMethods: ["GET"] })
                endpoint.Metadata[i] = new HttpMethodMetadata(All);
        }
    }
}
