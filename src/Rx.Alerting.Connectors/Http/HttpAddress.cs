using System.Text.RegularExpressions;

namespace Rx.Alerting.Connectors.Http;

/// <summary>Addresses of receivers, as options have them.</summary>
internal static partial class HttpAddress
{
    /// <summary>For options; the end of “must be …” is <see cref="Words"/>.</summary>
    public const string Pattern = @"(?i:https?)://[^\s/?#]+[^\s#]*";

    public const string Words = "an address such as https://example.com/path";

    /// <summary>
    /// What is wrong with an address that is given a secret, or holds one; the end of a sentence about the option. Null: nothing, or
    /// <see cref="Pattern"/> says it.
    /// </summary>
    public static string? Fault(string address) =>
        !Form().IsMatch(address) ? null
        : !Uri.TryCreate(address, UriKind.Absolute, out var uri) ? $"must be {Words}"
        : uri.Scheme == "http" && !uri.IsLoopback ? "must begin with https://, or everybody on the way can read the secret"
        : null;

    /// <summary>A request with a body in JSON.</summary>
    public static HttpRequestMessage Post(Uri address, ReadOnlyMemory<byte> json) =>
        new(HttpMethod.Post, address)
        {
            Content = new ReadOnlyMemoryContent(json) { Headers = { ContentType = new("application/json", "utf-8") } },
        };

    /// <summary>Whether it is an address, of any form.</summary>
    public static bool IsMatch(string address) => Form().IsMatch(address) && Uri.TryCreate(address, UriKind.Absolute, out _);

    [GeneratedRegex($@"\A(?:{Pattern})\z")]
    private static partial Regex Form();
}
