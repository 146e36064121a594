using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The command-line options by which every command that detects is configured.</summary>
internal sealed class SettingArguments
{
    private const string SourceKindKey = "Source:Kind";
    private const string FollowedPaths = "Follow:Paths";

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

    private readonly Option<string> follow = new("--follow") { Description = "Watch files that grow; stands for --source follow, too.", HelpName = "PATH" };

    /// <summary>Options of the command line that are short for one of the catalogue's, which they are named after.</summary>
    private readonly List<(Option<string> Short, string Key)> shorthands =
    [
        (new Option<string>("--lateness") { HelpName = "TIME" }, "EventTime:MaximumOutOfOrderness"),
    ];

    public SettingArguments(Command command, bool readsAccessLogs = false, bool runs = false, bool storesOnly = false)
    {
        if (storesOnly)
            shorthands.Clear();
        if (readsAccessLogs)
        {
            shorthands.Add((new Option<string>("--property") { HelpName = "NAME" }, "AccessLog:Property"));
            shorthands.Add((new Option<string>("--failure-status") { HelpName = "STATUS" }, "AccessLog:FailureStatuses"));
        }

        if (runs)
        {
            shorthands.Add((new Option<string>("--source") { HelpName = "KIND" }, SourceKindKey));
            shorthands.Add((follow, FollowedPaths));
        }

        if (runs || storesOnly)
            shorthands.Add((new Option<string>("--store") { HelpName = "KIND" }, "Store:Kind"));

        foreach (var (option, key) in shorthands)
        {
            option.Description = string.Join(' ', option.Description, OptionCatalogue.Help(OptionCatalogue.Find(key)!.Property), $"Short for --set {key}=…").TrimStart();
            command.Add(option);
        }

        command.Add(config);
        command.Add(set);
    }

    /// <summary>Defaults, then the file, then the environment, then the command line: the last one wins.</summary>
    /// <exception cref="MisusedException">Names every fault at once.</exception>
    public Settings Load(ParseResult parsed, Surroundings surroundings)
    {
        var loader = new SettingsLoader();
        if (parsed.GetValue(config) is { } file)
            loader.AddFile(file);
        loader.AddEnvironment(surroundings.Environment);
        loader.Add(Given(parsed, loader.Faults));
        return loader.Build();
    }

    private List<(string Key, string Value, string Origin)> Given(ParseResult parsed, List<string> faults)
    {
        var values = new List<(string Key, string Value, string Origin)>();
        if (parsed.GetValue(follow) is not null)
            values.Add((SourceKindKey, nameof(SourceKind.Follow), follow.Name));
        values.AddRange(shorthands.Where(one => parsed.GetValue(one.Short) is not null).Select(one => (one.Key, parsed.GetValue(one.Short)!, one.Short.Name)));

        var inFull = new List<(string Key, string Value, string Origin)>();
        foreach (var pair in parsed.GetValue(set) ?? [])
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
                faults.Add($"--set {pair}: must be Key=Value");
            else if (shorthands.Find(one => parsed.GetValue(one.Short) is not null && one.Key.Equals(pair[..at].Trim(), StringComparison.OrdinalIgnoreCase)).Short is { } given)
                faults.Add($"--set {pair}: {given.Name} says the same already, give one of them");
            else
                inFull.Add((pair[..at].Trim(), pair[(at + 1)..], "--set"));
        }

        return [.. values, .. inFull];
    }
}
