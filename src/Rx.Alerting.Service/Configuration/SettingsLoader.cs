using System.Text.Json;
using System.Text.RegularExpressions;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Makes settings of configuration sources, and collects every fault on the way. A later source wins.</summary>
internal sealed partial class SettingsLoader
{
    private const string EnvironmentPrefix = "RX_ALERTING__";

    /// <summary>Sections and keys that the host reads by itself, and that are no options of ours.</summary>
    public static IReadOnlyList<string> HostSections { get; } = ["Logging", "Kestrel", "AllowedHosts"];

    private readonly List<(IConfiguration Values, Func<string, string> Origin)> sources = [];

    public List<string> Faults { get; } = [];

    /// <summary>A file such as <c>{ "Detection": { "TailProbability": 1e-7 } }</c>.</summary>
    public void AddFile(string path)
    {
        try
        {
            if (Directory.Exists(path))
                throw new IOException("is a folder");
            using var stream = File.OpenRead(path);
            sources.Add((new ConfigurationBuilder().AddJsonStream(stream).Build(), _ => $"--config {path}"));
        }
        catch (JsonException broken)
        {
            var place = broken.LineNumber is { } line ? $" (line {line + 1}, byte {broken.BytePositionInLine + 1})" : string.Empty;
            Faults.Add($"--config {path}: not JSON: {broken.Message.Split(" LineNumber:")[0]}{place}");
        }
        catch (Exception unreadable)
            when (unreadable is FormatException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            Faults.Add($"--config {path}: {unreadable.Message}");
        }
    }

    /// <summary>Variables such as <c>RX_ALERTING__Detection__TailProbability</c>.</summary>
    public void AddEnvironment(IReadOnlyDictionary<string, string> environment) => Add(
        from variable in environment
        where variable.Key.StartsWith(EnvironmentPrefix, StringComparison.OrdinalIgnoreCase)
        orderby variable.Key
        select (variable.Key[EnvironmentPrefix.Length..].Replace("__", ":", StringComparison.Ordinal), variable.Value, variable.Key));

    /// <param name="values">Keys, values, and where they were set. The last of a key wins.</param>
    public void Add(IEnumerable<(string Key, string Value, string Origin)> values)
    {
        var last = new Dictionary<string, (string Value, string Origin)>(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value, origin) in values)
            last[key] = (value, origin);
        var memory = last.Select(pair => KeyValuePair.Create(pair.Key, (string?)pair.Value.Value));
        sources.Add((new ConfigurationBuilder().AddInMemoryCollection(memory).Build(), key => last[key].Origin));
    }

    /// <exception cref="MisusedException">There are faults; the exception has them all.</exception>
    public Settings Build()
    {
        var settings = new Settings();
        var host = new ConfigurationBuilder();
        foreach (var (values, origin) in sources)
        {
            host.AddConfiguration(values);
            foreach (var option in Leaves(values).Where(key => !IsHosts(key)).GroupBy(WithoutIndex))
            {
                if (option.Count() > 1 && option.Contains(option.Key, StringComparer.OrdinalIgnoreCase))
                    Faults.Add($"{origin(option.Key)}: {option.Key} is set as a whole and by index, give one of them");
                Apply(settings, option.Key, string.Join(',', option.Select(key => values[key])), origin(option.First()));
            }
        }

        Faults.AddRange(SecretFiles.Read(settings));
        Faults.AddRange(settings.Faults());
        return Faults.Count > 0 ? throw new MisusedException(Faults)
            : settings with { Host = [.. host.Build().AsEnumerable().Where(pair => pair.Value is not null && IsHosts(pair.Key))] };
    }

    private void Apply(Settings settings, string key, string text, string origin)
    {
        if (OptionAssignment.Set(settings, key, text) is { } fault)
            Faults.Add($"{origin}: {fault}");
    }

    /// <summary>Keys with values. An object without members is none; <c>null</c> is an empty text.</summary>
    private static IEnumerable<string> Leaves(IConfiguration values) =>
        from pair in values.AsEnumerable().OrderBy(pair => pair.Key, ConfigurationKeyComparer.Instance)
        where pair.Value is not null || (pair.Key.Contains(':') && !values.GetSection(pair.Key).GetChildren().Any())
        select pair.Key;

    /// <summary>The key of the list that the key is an item of; of other options, the key as it is.</summary>
    private static string WithoutIndex(string key) =>
        OptionCatalogue.Find(Index().Replace(key, string.Empty)) is { IsList: true } ? Index().Replace(key, string.Empty) : key;

    private static bool IsHosts(string key) => HostSections.Contains(key.Split(':')[0], StringComparer.OrdinalIgnoreCase);

    /// <summary>The place in a list: <c>Windows:NestedViews:0</c>.</summary>
    [GeneratedRegex(@":\d+$")]
    private static partial Regex Index();
}
