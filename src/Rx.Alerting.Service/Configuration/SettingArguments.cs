using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The command-line options by which every command that detects is configured.</summary>
internal sealed class SettingArguments
{
    private const string SourceKindKey = "Source:Kind";
    private const string Follow = "--follow";

    private readonly Option<string[]> set = new("--set")
    {
        Description = "Set an option, as in --set Detection:TailProbability=1e-7; may be repeated. rx-alerting options lists them all.",
        HelpName = "Key=Value",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> config = new("--config")
    {
        Description = "JSON file with options by section, as in { \"Detection\": { \"TailProbability\": 1e-7 } }.",
        HelpName = "FILE",
    };

    /// <summary>Options of the command line that are short for one of the catalogue's, by its key.</summary>
    private readonly List<(Option<string> Option, string Key)> shorthands = [];

    public SettingArguments(
        Command command,
        bool readsAccessLogs = false,
        bool runs = false,
        bool storesOnly = false,
        bool isBare = false,
        bool asksHealth = false,
        bool filtersProperty = false)
    {
        if (!storesOnly && !isBare && !asksHealth)
            Shorten("--lateness", "TIME", "EventTime:MaximumOutOfOrderness");
        if (readsAccessLogs)
        {
            if (!filtersProperty)
                Shorten("--property", "NAME", "AccessLog:Property");
            Shorten("--failure-status", "STATUS", "AccessLog:FailureStatuses");
        }

        if (runs)
        {
            Shorten("--source", "KIND", SourceKindKey);
            Shorten(Follow, "PATH", "Follow:Paths", "Stands for --source follow, too.");
        }

        if (runs || asksHealth)
            Shorten("--metrics", "HOST:PORT", "Metrics:Listen");
        if (runs || storesOnly)
            Shorten("--store", "KIND", "Store:Kind");

        foreach (var (option, _) in shorthands)
            command.Add(option);
        command.Add(config);
        command.Add(set);
    }

    /// <summary>Defaults, then the file, then the environment, then the command line: the last one wins.</summary>
    /// <exception cref="MisusedException">Names every fault at once.</exception>
    public Settings Load(ParseResult parsed, CommandHost host)
    {
        var loader = new SettingsLoader();
        if (parsed.GetValue(config) is { } file)
            loader.AddFile(file);
        loader.AddEnvironment(host.Environment);
        loader.Add(Given(parsed, loader.Faults));
        return loader.Build();
    }

    private void Shorten(string name, string helpName, string key, string? note = null)
    {
        string Describe() => $"{OptionCatalogue.Help(OptionCatalogue.Find(key)!.Property)} Short for --set {key}=…. {note}".TrimEnd();
        shorthands.Add((new DescribedOption<string>(name, Describe) { HelpName = helpName }, key));
    }

    /// <summary>What the command line sets: first by short forms, then in full.</summary>
    private List<(string Key, string Value, string Origin)> Given(ParseResult parsed, List<string> faults)
    {
        var given = shorthands.Where(one => parsed.GetValue(one.Option) is not null).ToList();
        var values = new List<(string Key, string Value, string Origin)>();
        if (given.Exists(one => one.Option.Name == Follow))
            values.Add((SourceKindKey, nameof(SourceKind.Follow), Follow));
        values.AddRange(given.Select(one => (one.Key, parsed.GetValue(one.Option)!, one.Option.Name)));
        if (values.Exists(one => one.Origin == Follow) && values.Exists(one => one.Key == SourceKindKey && IsNotFollow(one.Value)))
            faults.Add($"{Follow}: stands for {SourceKindKey}=follow, which is set to something else, give one of them");
        foreach (var pair in parsed.GetValue(set) ?? [])
        {
            var at = pair.IndexOf('=', StringComparison.Ordinal);
            var key = pair[..Math.Max(at, 0)].Trim();
            if (key.Length == 0)
                faults.Add($"--set {pair}: must be Key=Value");
            else if (given.Find(one => one.Key.Equals(key, StringComparison.OrdinalIgnoreCase)).Option is { } shorter)
                faults.Add($"--set {pair}: {shorter.Name} says the same already, give one of them");
            else if (key.Equals(SourceKindKey, StringComparison.OrdinalIgnoreCase) && given.Exists(one => one.Option.Name == Follow))
                faults.Add($"--set {pair}: {Follow} says where views come from already, give one of them");
            else
                values.Add((key, pair[(at + 1)..], "--set"));
        }

        return values;
    }

    private static bool IsNotFollow(string kind) => !kind.Equals(nameof(SourceKind.Follow), StringComparison.OrdinalIgnoreCase);
}
