using System.Globalization;
using System.Security.Authentication;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.Logging.Console;

namespace Rx.Alerting.Service.Run;

/// <summary>Faults in the sections of the host that the host itself passes over in silence, or would notice only while it runs.</summary>
internal static class HostFaults
{
    private static readonly string[] Formatters = [ConsoleFormatterNames.Simple, ConsoleFormatterNames.Json, ConsoleFormatterNames.Systemd];

    public static IEnumerable<string> Of(IEnumerable<KeyValuePair<string, string?>> host) =>
        from pair in host
        let problem = Problem(pair.Key.Split(':'), pair.Value ?? string.Empty)
        where problem is not null
        select $"{pair.Key} is “{pair.Value}”, {problem}";

    private static string? Problem(string[] key, string value)
    {
        var (section, name) = (key[0], key[^1]);
        if (Is(section, "AllowedHosts"))
        {
            var isNames = key.Length == 1 && value.Trim().Length > 0 && !value.AsSpan().ContainsAny(",/");
            return isNames ? null : "must be host names separated by semicolons";
        }

        if (key.Length == 1 || (key.Length == 2 && Is(section, "Logging") && (Is(name, "LogLevel") || Is(name, "Console"))))
            return "and must be a section";
        if (Is(name, "FormatterName"))
            return Formatters.Contains(value, StringComparer.OrdinalIgnoreCase) ? null : $"must be one of {string.Join(", ", Formatters)}";
        if (Is(name, "TimestampFormat"))
            return IsTimeFormat(value) ? null : "must be a format of times such as HH:mm:ss";
        if (!Is(section, "Kestrel"))
            return null;
        if (Is(name, "SslProtocols"))
            return "must be a list, as in SslProtocols:0=Tls12";
        if (Is(key[^2], "SslProtocols"))
            return Unless<SslProtocols>(value);
        if (Is(name, "Protocols"))
            return Unless<HttpProtocols>(value);
        return Is(name, "ClientCertificateMode") ? Unless<ClientCertificateMode>(value) : null;
    }

    private static string? Unless<T>(string value)
        where T : struct, Enum => Enum.TryParse<T>(value, ignoreCase: true, out var known) && Enum.IsDefined(known)
            ? null
            : $"must be one of {string.Join(", ", Enum.GetNames<T>())}";

    private static bool IsTimeFormat(string format)
    {
        try
        {
            _ = DateTimeOffset.UnixEpoch.ToString(format, CultureInfo.InvariantCulture);
            return true;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private static bool Is(string part, string name) => part.Equals(name, StringComparison.OrdinalIgnoreCase);
}
