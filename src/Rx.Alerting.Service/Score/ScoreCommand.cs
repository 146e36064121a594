using System.CommandLine;
using Rx.Alerting.Connectors.Simulation.Scoring;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Score;

/// <summary><c>rx-alerting score</c>: how well detected incidents tell of what was really broken.</summary>
internal static class ScoreCommand
{
    private const string Examples =
        """
        Example:
          rx-alerting score traffic/labels.jsonl incidents.jsonl --verbose

        Ends with 1 when the detector does not do what is required of it.
        """;

    public static CommandWithExamples Create(Surroundings surroundings)
    {
        var labels = new Argument<string>("LABELS") { Description = "labels.jsonl, as simulate writes it." };
        var incidents = new Argument<string>("INCIDENTS") { Description = "What replay --out has written." };
        var verbose = new Option<bool>("--verbose") { Description = "List every incident that was missed, and every false alarm." };
        var command = new Command("score", "Compare detected incidents with the labels of simulated traffic.") { labels, incidents, verbose };
        command.SetAction(parsed =>
        {
            var report = ScoreFiles.Score(parsed.GetRequiredValue(labels), parsed.GetRequiredValue(incidents));
            surroundings.Output.Write(ScoreText.Render(report, parsed.GetValue(verbose)));
            return report.Passed ? ExitCode.Success : ExitCode.Failed;
        });
        return new CommandWithExamples(command, Examples);
    }
}
