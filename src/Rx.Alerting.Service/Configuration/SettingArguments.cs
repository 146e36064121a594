using System.CommandLine;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The command-line options by which every command that detects is configured.</summary>
internal sealed class SettingArguments
{
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

    private readonly Option<string> lateness = new("--lateness")
    {
        Description = "How far views may be out of order; short for --set EventTime:MaximumOutOfOrderness=2m.",
        HelpName = "2m",
    };

    public SettingArguments(Command command)
    {
        command.Add(config);
        command.Add(lateness);
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
        if (parsed.GetValue(lateness) is { } bound)
            builder.Apply([new SettingValue("EventTime:MaximumOutOfOrderness", bound, "--lateness")]);
        foreach (var pair in parsed.GetValue(set) ?? [])
        {
            if (pair.IndexOf('=', StringComparison.Ordinal) is > 0 and var at)
                builder.Apply([new SettingValue(pair[..at], pair[(at + 1)..], "--set")]);
            else
                builder.Fault($"--set {pair}: must be Key=Value");
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
