namespace Rx.Alerting.Service.Access;

/// <summary>
/// Requests that a page of another site has a browser send. The browser may add what the user is known by, so such requests must change
/// nothing. Browsers tell where a request comes from; programs do not, and need not.
/// </summary>
internal static class CrossSite
{
    private const string FetchSite = "Sec-Fetch-Site";

    /// <summary>Why a request that changes something is refused, as a sentence; null if it is not.</summary>
    public static string? WhyRefused(HttpRequest request, Caller caller)
    {
        var method = request.Method;
        if (HttpMethods.IsGet(method) || HttpMethods.IsHead(method) || caller.Means == CallerMeans.Token)
            return null;
        var headers = request.Headers;
        var (origin, own) = (headers.Origin.ToString(), $"{request.Scheme}://{request.Host}");
        // A proxy speaks TLS with the browser, and none with the service.
        var isOwn = caller.Means == CallerMeans.Proxy
            ? Uri.TryCreate(origin, UriKind.Absolute, out var from)
                && from.Authority.Equals(request.Host.ToString(), StringComparison.OrdinalIgnoreCase)
            : origin.Equals(own, StringComparison.OrdinalIgnoreCase);
        if (headers.Origin.Count > 0 && !isOwn)
            return $"The Origin header must be {own}, and is “{origin}”: pages of other sites may not send commands.";
        var site = headers[FetchSite].ToString();
        return site is "" or "same-origin" or "none"
            ? null
            : $"{FetchSite} is “{site}”: pages of other sites may not send commands.";
    }
}
