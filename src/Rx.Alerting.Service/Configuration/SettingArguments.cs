using System.CommandLine;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The command-line options by which every command that detects is configured.</summary>
internal sealed class SettingArguments
{
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

    private readonly Option<string> follow = new("--follow") { Description = "Watch files that grow, or folders of them, separated by commas; with --source follow, which it stands for.", HelpName = "PATH" };

    /// <summary>Options of the command line that are short for one of the catalogue's, which they are named after.</summary>
    private readonly List<(Option<string> Short, string Key)> shorthands =
    [
        (new Option<string>("--lateness") { Description = "How far views may be out of order, as in 2m.", HelpName = "TIME" }, "EventTime:MaximumOutOfOrderness"),
    ];

    public SettingArguments(Command command, bool readsAccessLogs = false, bool runs = false, bool storesOnly = false)
    {
        if (storesOnly)
            shorthands.Clear();
        if (readsAccessLogs)
        {
            shorthands.Add((new Option<string>("--property") { Description = "The property of access logs that name no virtual host.", HelpName = "NAME" }, "AccessLog:Property"));
            shorthands.Add((new Option<string>("--failure-status") { Description = "The failures of access logs, as in 5xx,404.", HelpName = "STATUS" }, "AccessLog:FailureStatuses"));
        }

        if (runs)
        {
            shorthands.Add((new Option<string>("--source") { Description = "Where views come from: simulation, follow, kafka or kinesis.", HelpName = "KIND" }, "Source:Kind"));
            shorthands.Add((follow, FollowedPaths));
        }

        if (runs || storesOnly)
            shorthands.Add((new Option<string>("--store") { Description = "Where state is kept: sqlite or redis.", HelpName = "KIND" }, "Store:Kind"));

        foreach (var (option, key) in shorthands)
        {
            option.Description += $" Short for --set {key}=…";
            command.Add(option);
        }

        command.Add(config);
        command.Add(set);
    }

    /// <summary>Defaults, then the file, then the environment, then the command line: the last one wins.</summary>
    /// <exception cref="MisusedException">Names every fault at once.</exception>
    public Settings Load(ParseResult parsed, Surroundings surroundings)
    {
        var builder = new SettingsBuilder();
        if (parsed.GetValue(config) is { } file)
            ApplyFile(builder, file);
        builder.Apply(SettingSources.Variables(surroundings.Environment));
        if (parsed.GetValue(follow) is not null)
            builder.Apply([new SettingValue("Source:Kind", nameof(SourceKind.Follow), follow.Name)]);
        foreach (var (option, key) in shorthands)
        {
            if (parsed.GetValue(option) is { } value)
                builder.Apply([new SettingValue(key, value, option.Name)]);
        }

        var given = shorthands.Where(one => parsed.GetValue(one.Short) is not null).ToDictionary(one => one.Key, one => one.Short.Name, StringComparer.OrdinalIgnoreCase);

        foreach (var pair in parsed.GetValue(set) ?? [])
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is not (> 0 and var at))
                builder.Fault($"--set {pair}: must be Key=Value");
            else if (given.TryGetValue(pair[..at].Trim(), out var name))
                builder.Fault($"--set {pair}: {name} says the same already, give one of them");
            else
                builder.Apply([new SettingValue(pair[..at], pair[(at + 1)..], "--set")]);
        }

        return builder.Build();
    }

    private static void ApplyFile(SettingsBuilder builder, string file)
    {
        try
        {
            builder.Apply(SettingSources.JsonFile(file));
        }
        catch (MisusedException unreadable)
        {
            builder.Fault(unreadable.Message);
        }
    }
}
