using System.CommandLine;
using System.Text.RegularExpressions;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Options;
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

        The same options write the same bytes. labels.jsonl says what was broken, when, for which slice of the views, and which it affected.
        """;

    private static readonly SimulationOptions Defaults = new();

    public static CommandWithExamples Create(CommandHost host)
    {
        var views = Number("--views", nameof(SimulationOptions.Views), Defaults.Views);
        var seed = Number("--seed", nameof(SimulationOptions.Seed), Defaults.Seed);
        var days = Number("--days", nameof(SimulationOptions.Days), Defaults.Days);
        var properties = Number("--properties", nameof(SimulationOptions.Properties), Defaults.Properties);
        var titles = Number("--titles", nameof(SimulationOptions.Titles), Defaults.Titles);
        var partitions = Number("--partitions", nameof(SimulationOptions.Partitions), Defaults.Partitions);
        var disorder = new DescribedOption<string>("--disorder", () => Help(nameof(SimulationOptions.Disorder)))
        {
            HelpName = "30s",
            DefaultValueFactory = _ => Duration.Format(Defaults.Disorder),
        };
        var format = NamedValue.Option("--format", () => Help(nameof(SimulationOptions.Format)), Defaults.Format);
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
                Format = parsed.GetValue(format),
            };
            using var interrupt = new Interrupt(host.Stop);
            var folder = parsed.GetRequiredValue(directory);
            return SimulateRun.Execute(Check(options, parsed.GetRequiredValue(disorder), folder), folder, host, interrupt.Token);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static string Help(string property) => OptionCatalogue.Help<SimulationOptions>(property);

    private static Option<T> Number<T>(string name, string property, T otherwise) => new DescribedOption<T>(name, () => Help(property))
    {
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
        faults.AddRange(OptionFaults.Of(options).Select(NameAsArgument));
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
