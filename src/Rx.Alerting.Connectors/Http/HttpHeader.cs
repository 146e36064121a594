using System.Net.Http.Headers;

namespace Rx.Alerting.Connectors.Http;

/// <summary>A header as people write it: <c>Name: value</c>. A value can be sent only if it is printable ASCII.</summary>
internal static class HttpHeader
{
    /// <summary>Null if it is none. Headers of the body, such as <c>Content-Type</c>, are none: who sends it knows what it is.</summary>
    public static (string Name, string Value)? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon <= 0)
            return null;
        var (name, value) = (text[..colon].Trim(), text[(colon + 1)..].Trim());
        using var request = new HttpRequestMessage();
        return value.Length > 0 && Add(request.Headers, name, value) ? (name, value) : null;
    }

    public static bool Add(HttpRequestHeaders headers, string name, string value) =>
        !value.AsSpan().ContainsAnyExceptInRange(' ', '~') && headers.TryAddWithoutValidation(name, value);
}
