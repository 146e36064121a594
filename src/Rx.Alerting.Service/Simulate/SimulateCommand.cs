using System.CommandLine;
using System.Text.RegularExpressions;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Simulate;

/// <summary><c>rx-alerting simulate</c>: labelled traffic.</summary>
internal static partial class SimulateCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting simulate --views 1000000 --seed 7 --out traffic
          rx-alerting replay traffic/views-*.jsonl --out incidents.jsonl
          rx-alerting score traffic/labels.jsonl incidents.jsonl

        The same options write the same bytes. labels.jsonl says what was broken, when, and which views it affected.
        """;

    private static readonly SimulationOptions Defaults = new();

    private static readonly Dictionary<string, SimulationFormat> Formats = new(StringComparer.Ordinal)
    {
        ["mux-json"] = SimulationFormat.MuxJson,
        ["mux-protobuf"] = SimulationFormat.MuxProtobuf,
        ["access-log"] = SimulationFormat.AccessLog,
    };

    public static CommandWithExamples Create(Surroundings surroundings)
    {
        var views = Number("--views", "Views in all.", Defaults.Views);
        var seed = Number("--seed", "Any number; another one gives other traffic.", Defaults.Seed);
        var days = Number("--days", "Days of event time that the views are spread over.", Defaults.Days);
        var properties = Number("--properties", "Properties; the busiest has far more views than the others.", Defaults.Properties);
        var titles = Number("--titles", "Titles in all properties.", Defaults.Titles);
        var partitions = Number("--partitions", "Files that the views are spread over.", Defaults.Partitions);
        var disorder = new Option<string>("--disorder")
        {
            Description = "How long after its event time a view arrives at the most.",
            HelpName = "30s",
            DefaultValueFactory = _ => Duration.Format(Defaults.Disorder),
        };
        var format = new Option<string>("--format")
        {
            Description = "How views are written.",
            HelpName = string.Join('|', Formats.Keys),
            DefaultValueFactory = _ => "mux-json",
        };
        format.AcceptOnlyFromAmong([.. Formats.Keys]);
        var directory = new Option<string>("--out")
        {
            Description = "The folder to write into; made if it is not there.",
            HelpName = "DIR",
            Required = true,
        };

        var command = new Command(
            "simulate",
            "Write labelled traffic: ordinary error rates that vary by day and week, and incidents in it.")
        {
            views, seed, days, properties, titles, partitions, disorder, format, directory,
        };
        command.SetAction(parsed =>
        {
            var options = Defaults with
            {
                Views = parsed.GetValue(views),
                Seed = parsed.GetValue(seed),
                Days = parsed.GetValue(days),
                Properties = parsed.GetValue(properties),
                Titles = parsed.GetValue(titles),
                Partitions = parsed.GetValue(partitions),
                Format = Formats[parsed.GetRequiredValue(format)],
            };
            using var interrupt = new Interrupt(surroundings.Stop);
            var folder = parsed.GetRequiredValue(directory);
            return SimulateRun.Execute(Check(options, parsed.GetRequiredValue(disorder), folder), folder, surroundings, interrupt.Token);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static Option<T> Number<T>(string name, string description, T otherwise) => new(name)
    {
        Description = description,
        HelpName = "N",
        DefaultValueFactory = _ => otherwise,
    };

    private static SimulationOptions Check(SimulationOptions options, string disorder, string directory)
    {
        var faults = new List<string>();
        if (Duration.TryParse(disorder, out var span))
            options = options with { Disorder = span };
        else
            faults.Add($"--disorder is “{disorder}”, must be {Duration.Notation}");

        if (directory.Length == 0)
            faults.Add("--out is empty, must be the name of a folder");
        faults.AddRange(options.Validate().Select(NameAsArgument));
        if (faults.Count == 0)
        {
            faults.AddRange(SimulationWriter.Leftovers(options, directory)
                .Select(file => $"--out {directory}: has {file} of other traffic; remove it, or choose another folder"));
        }

        return faults.Count == 0 ? options : throw new MisusedException(faults);
    }

    /// <summary>Names the argument in a fault, in the place of the option: <c>--views</c> for <c>Simulation:Views</c>.</summary>
    private static string NameAsArgument(string fault) =>
        OptionKey().Replace(fault, key => $"--{key.Groups[1].Value.ToLowerInvariant()}");

    [GeneratedRegex("^Simulation:([A-Za-z]+)")]
    private static partial Regex OptionKey();
}
