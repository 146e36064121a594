using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Core.Incidents;

/// <summary>Names of incidents: a function of what they are about and when they opened, so that a replay gives the same ones.</summary>
internal static class IncidentId
{
    /// <summary>64 hexadecimal digits: SHA-256 of property, title and error type.</summary>
    public static string Key(string property, string? title, string errorType) =>
        Hex($"{property.Length}:{property}|{title?.Length ?? -1}:{title}|{errorType}", 32);

    /// <summary>64 hexadecimal digits: SHA-256 of an error type of the whole platform.</summary>
    public static string PlatformKey(string errorType) => Hex($"platform|{errorType}", 32);

    /// <summary>20 hexadecimal digits: of the key and the event time at which the incident opened.</summary>
    public static string Of(string key, long startedAt) => Hex(FormattableString.Invariant($"{key}@{startedAt}"), 10);

    private static string Hex(string text, int bytes) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, bytes));
}
