using System.CommandLine;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Replay;

/// <summary><c>rx-alerting replay</c>: a backtest.</summary>
internal static class ReplayCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting replay access.log access.log.1 access.log.2.gz --property example.org
          rx-alerting replay views-*.jsonl.gz --out incidents.jsonl --lateness 5m
          zcat export.jsonl.gz | rx-alerting replay - --format mux-json --out - | jq .description
          rx-alerting replay access.log --failure-status 5xx,404 --set Detection:TailProbability=1e-8

        Every file is a partition of its own; they are merged by event time. Every option of rx-alerting options can be set.
        The last line of an incident's id in --out is its final state. Ctrl+C ends with what was found so far.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of views, also compressed with gzip; - is the standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var format = NamedValue.Option<RecordFormat?>("--format", () => "What the files hold; auto tells it from their first bytes.", null);
        var output = new Option<string>("--out")
        {
            Description = "Write each change of an incident as one line of JSON; - is the standard output.",
            HelpName = "FILE",
        };

        var command = new Command("replay", "Backtest: find the incidents in files of views, as fast as they can be read.")
        {
            files, format, output,
        };
        var settings = new SettingArguments(command, readsAccessLogs: true);
        command.SetAction(parsed =>
        {
            var request = new ReplayRequest(
                parsed.GetRequiredValue(files),
                parsed.GetValue(format),
                parsed.GetValue(output),
                settings.Load(parsed, host));
            if (request.Faults() is { Count: > 0 } faults)
                throw new MisusedException(faults);

            using var interrupt = new Interrupt(host.Stop);
            return ReplayRun.Execute(request, host, interrupt.Token);
        });
        return new CommandWithExamples(command, Examples);
    }
}
