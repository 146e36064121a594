using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Connectors.Receivers;

/// <summary>Takes secrets out of a text that people will read, wherever the text is from.</summary>
internal sealed class SecretMask
{
    /// <summary>What is shorter may be an ordinary word.</summary>
    private const int ShortestPart = 8;

    /// <summary>So much is shown of what a receiver says.</summary>
    private const int ShownCharacters = 200;

    private readonly string[] secrets;

    /// <param name="secrets">The secrets; empty ones do not matter.</param>
    public SecretMask(params IEnumerable<string> secrets) =>
        this.secrets = [.. secrets.Where(secret => secret.Length > 0)
            .SelectMany(secret => new[] { secret, Uri.EscapeDataString(secret), Uri.UnescapeDataString(secret) })
            .Distinct(StringComparer.Ordinal).OrderByDescending(secret => secret.Length)];

    /// <summary>What may be secret in an address: all but the host.</summary>
    public static IEnumerable<string> Of(Uri address)
    {
        var parts = address.PathAndQuery.Split(['/', '?', '&', '='], StringSplitOptions.RemoveEmptyEntries);
        return
        [
            address.OriginalString, address.AbsoluteUri, address.PathAndQuery.TrimStart('/'), address.UserInfo,
            .. address.UserInfo.Split(':').Skip(1), .. parts.Where(part => part.Length >= ShortestPart),
        ];
    }

    /// <summary>What may be secret in the value of a header: the whole, and the word behind <c>Bearer</c> alone.</summary>
    public static IEnumerable<string> OfHeader(string value) => [value, .. value.Split(' ').Where(word => word.Length >= ShortestPart)];

    public string Apply(string text) =>
        secrets.Aggregate(text, (masked, secret) => masked.Replace(secret, "***", StringComparison.OrdinalIgnoreCase));

    /// <summary>What a receiver says, without secrets, on one line.</summary>
    public string Shown(string said) => IncidentWords.Cut(IncidentWords.Printable(Apply(said).Trim()), ShownCharacters);
}
