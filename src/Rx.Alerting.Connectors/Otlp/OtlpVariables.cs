using System.Collections;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Variables of OpenTelemetry in the environment. docs/telemetry.md says which have an effect.</summary>
internal static class OtlpVariables
{
    private const string Disabled = "OTEL_SDK_DISABLED", Attributes = "OTEL_RESOURCE_ATTRIBUTES";

    /// <summary>How variables begin that say what the options say.</summary>
    private static readonly string[] WithoutEffect =
        ["OTEL_EXPORTER_OTLP_", "OTEL_METRIC_EXPORT_", "OTEL_METRICS_EXEMPLAR_FILTER", "OTEL_BSP_", "OTEL_DOTNET_EXPERIMENTAL_"];

    /// <summary>Whether all of OpenTelemetry is switched off.</summary>
    public static bool IsDisabled() => bool.TryParse(Environment.GetEnvironmentVariable(Disabled), out var isDisabled) && isDisabled;

    /// <summary>
    /// Takes the variables without effect out of this process. OpenTelemetry would warn of values that nobody uses, and throws at some.
    /// </summary>
    /// <returns>Their names.</returns>
    public static IReadOnlyList<string> Withdraw()
    {
        var names = Environment.GetEnvironmentVariables().Cast<DictionaryEntry>().Select(variable => (string)variable.Key)
            .Where(name => WithoutEffect.Any(beginning => name.StartsWith(beginning, StringComparison.Ordinal)))
            .Order(StringComparer.Ordinal)
            .ToList();
        names.ForEach(name => Environment.SetEnvironmentVariable(name, null));
        return names;
    }

    /// <summary>What OpenTelemetry passes over without a word.</summary>
    public static IEnumerable<string> Remarks() =>
        (Environment.GetEnvironmentVariable(Attributes) ?? string.Empty)
            .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Where(pair => pair.IndexOf('=', StringComparison.Ordinal) <= 0)
            .Select(pair => $"{Attributes} has “{pair}”, must have pairs such as team=video with commas between them");
}
