using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Metrics;

/// <summary>The address of metrics and health.</summary>
internal static class MetricsAddress
{
    public const string Default = "http://127.0.0.1:9464";

    /// <summary>Takes the place of <see cref="Default"/> where another process has it.</summary>
    public const string AnyFree = "http://127.0.0.1:0";

    private const string Off = "off";

    /// <summary>An address for Kestrel. Null: there is none, or the text is wrong.</summary>
    /// <param name="text">The option.</param>
    /// <param name="fault">What is wrong with the text; null: nothing.</param>
    public static string? Parse(string text, out string? fault)
    {
        fault = null;
        if (IsAuto(text))
            return Default;
        if (text.Equals(Off, StringComparison.OrdinalIgnoreCase))
            return null;
        var address = ListenAddress.Parse(text, out var problem);
        if (problem is null && address!.StartsWith(Uri.UriSchemeHttps, StringComparison.Ordinal))
            problem = "must be without TLS";
        fault = problem is null ? null : $"is {text}: {problem}, or off";
        return problem is null ? address : null;
    }

    /// <summary>Whether another port may be taken.</summary>
    public static bool IsAuto(string text) => text.Equals(MetricsOptions.Auto, StringComparison.OrdinalIgnoreCase);
}
