using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Run;

/// <summary>Configuration that the host reads by itself: sections such as <c>Logging</c> and <c>Kestrel</c>.</summary>
internal static class HostSections
{
    private const string Formatter = "Logging:Console:FormatterName";
    private const string Certificate = "Kestrel:Certificates:Default";

    /// <summary>Keys that name a certificate.</summary>
    private static readonly string[] CertificateKeys = [$"{Certificate}:Path", $"{Certificate}:Subject"];

    /// <summary>What the host is given in place of its usual sources: our defaults, then what is set.</summary>
    public static void Replace(IConfigurationManager configuration, Settings settings, Screen screen)
    {
        var color = screen.IsRich ? LoggerColorBehavior.Default : LoggerColorBehavior.Disabled;
        var isJson = settings.Host.Any(pair =>
            pair.Key.Equals(Formatter, StringComparison.OrdinalIgnoreCase)
            && ConsoleFormatterNames.Json.Equals(pair.Value, StringComparison.OrdinalIgnoreCase));
        configuration.Sources.Clear();
        configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            // Lines for programs have a time, which the formatter leaves out by itself.
            ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = bool.TrueString,
            ["Logging:Console:FormatterOptions:TimestampFormat"] = isJson ? "yyyy-MM-dd'T'HH:mm:ss.fff'Z'" : null,
            ["Logging:LogLevel:Default"] = nameof(LogLevel.Information),
            ["Logging:LogLevel:Microsoft"] = nameof(LogLevel.Error),

            // The command that starts the host reports why it did not start.
            ["Logging:LogLevel:Microsoft.Extensions.Hosting"] = nameof(LogLevel.None),
            [Formatter] = ConsoleFormatterNames.Simple,
            ["Logging:Console:FormatterOptions:ColorBehavior"] = color.ToString(),
            ["Logging:Console:LogToStandardErrorThreshold"] = nameof(LogLevel.Trace),
        });

        // The host would look for files in the program's own folder.
        configuration.AddInMemoryCollection(
            from pair in settings.Host
            select KeyValuePair.Create(pair.Key, IsFile(pair) ? Path.GetFullPath(pair.Value!) : pair.Value));
    }

    /// <summary>What can be told before the host is built.</summary>
    /// <exception cref="MisusedException">There are faults; all are named.</exception>
    public static void Check(Settings settings, string address)
    {
        var faults = settings.Host.Where(pair => IsFile(pair) && !File.Exists(pair.Value))
            .Select(pair => $"{pair.Key} is “{pair.Value}”, and there is no such file")
            .Concat(HostFaults.Of(settings.Host))
            .Concat(OpenAccess.Faults(settings, address))
            .ToList();
        var names = settings.Host.Any(pair => CertificateKeys.Contains(pair.Key, StringComparer.OrdinalIgnoreCase));
        if (address.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal) && !names)
        {
            faults.Add(
                $"--listen {address}: needs a certificate, as in --set {Certificate}:Path=cert.pem --set {Certificate}:KeyPath=key.pem");
        }

        if (faults.Count > 0)
            throw new MisusedException(faults);
    }

    /// <summary>Whether anything in a section is set.</summary>
    public static bool Sets(Settings settings, string section) =>
        settings.Host.Any(pair => pair.Key.StartsWith($"{section}:", StringComparison.OrdinalIgnoreCase));

    /// <summary>Builds the host, and has it read its configuration, so that faults in the configuration are told from others.</summary>
    /// <exception cref="MisusedException">The host refuses its configuration.</exception>
    public static WebApplication Build(Settings settings, Func<WebApplication> build)
    {
        try
        {
            var app = build();
            app.Services.GetRequiredService<IOptions<KestrelServerOptions>>().Value.ConfigurationLoader?.Load();
            return app;
        }
        catch (TargetInvocationException failure) when (settings.Host.Count > 0)
        {
            throw Refused(settings, failure.InnerException!);
        }
        catch (Exception failure) when (settings.Host.Count > 0 && IsRefusal(failure))
        {
            throw Refused(settings, failure);
        }
    }

    /// <summary>Says what the host says, and which keys are set. Values are not shown: one of them may be a password.</summary>
    public static MisusedException Refused(Settings settings, Exception failure) =>
        new($"the host refuses its configuration ({string.Join(", ", settings.Host.Select(pair => pair.Key))}): {failure.Message}");

    /// <summary>Whether it is a configuration that fails, and not the program.</summary>
    public static bool IsRefusal(Exception failure) =>
        failure is InvalidOperationException or NotSupportedException or FormatException or ArgumentException
            or CryptographicException or IOException or UnauthorizedAccessException;

    /// <summary>Whether a value names a file of a certificate.</summary>
    private static bool IsFile(KeyValuePair<string, string?> pair) =>
        pair.Key.StartsWith("Kestrel:", StringComparison.OrdinalIgnoreCase)
        && pair.Key.Split(':')[^1].ToUpperInvariant() is "PATH" or "KEYPATH";
}
