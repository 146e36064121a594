using System.CommandLine;
using Rx.Alerting.Connectors.Simulation.Scoring;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Score;

/// <summary><c>rx-alerting score</c>: compares the detected incidents with the labels of what was really broken.</summary>
internal static class ScoreCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting score traffic/labels.jsonl incidents.jsonl --verbose
          rx-alerting score a/labels.jsonl a/incidents.jsonl b/labels.jsonl b/incidents.jsonl


        """
        + "Several pairs are scored together, as if they were one; what is required is required of their sum. "
        + "Which slices explain incidents is required as soon as any incident says explained_by. "
        + "Ends with 1 when the detector does not do what is required of it.";

    public static CommandWithExamples Create(CommandHost host)
    {
        var files = new Argument<string[]>("LABELS INCIDENTS")
        {
            Description = "Pairs of labels.jsonl, as simulate writes it, and what replay --out has written of that traffic.",
            Arity = ArgumentArity.OneOrMore,
        };
        files.Validators.Add(result =>
        {
            if (result.Tokens.Count % 2 != 0)
                result.AddError($"Labels and incidents come in pairs: “{result.Tokens[^1].Value}” is without its incidents.");
        });
        var verbose = new Option<bool>("--verbose")
        {
            Description = "List every incident that was missed, every false alarm, what people see too much of, and wrong slices.",
        };
        var command = new Command("score", "Compare detected incidents with the labels of simulated traffic.") { files, verbose };
        command.SetAction(parsed =>
        {
            var report = Scorer.Score([.. parsed.GetRequiredValue(files).Chunk(2).Select(pair => ScoreFiles.Read(pair[0], pair[1]))]);
            host.Output.Write(ScoreText.Render(report, parsed.GetValue(verbose)));
            return report.Passed ? ExitCode.Success : ExitCode.Failed;
        });
        return new CommandWithExamples(command, Examples);
    }
}
