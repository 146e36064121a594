using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Connectors.Webhook;

/// <summary>Headers by which a receiver knows the sender, and a request that comes again: https://www.standardwebhooks.com</summary>
internal sealed class WebhookSignature(string key)
{
    private const string Base64Prefix = "whsec_";

    private readonly byte[] key = KeyOf(key) ?? [];

    /// <summary>The bytes of a key; empty if there is no key. Null if it is not Base64 where it should be.</summary>
    public static byte[]? KeyOf(string key)
    {
        if (!key.StartsWith(Base64Prefix, StringComparison.Ordinal))
            return Encoding.UTF8.GetBytes(key);
        var bytes = new byte[key.Length];
        return Convert.TryFromBase64String(key[Base64Prefix.Length..], bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    /// <summary>The key without what it begins with.</summary>
    public static string Secret(string key) => key.StartsWith(Base64Prefix, StringComparison.Ordinal) ? key[Base64Prefix.Length..] : key;

    /// <summary>The id, the time and the signature of a request.</summary>
    public IEnumerable<(string Name, string Value)> Of(string deliveryId, DateTimeOffset now, ReadOnlySpan<byte> body)
    {
        var time = now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        List<(string, string)> headers = [("webhook-id", deliveryId), ("webhook-timestamp", time)];
        if (key.Length > 0)
        {
            byte[] signed = [.. Encoding.UTF8.GetBytes($"{deliveryId}.{time}."), .. body];
            headers.Add(("webhook-signature", $"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, signed))}"));
        }

        return headers;
    }
}
