using System.CommandLine;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Explain;

/// <summary><c>rx-alerting explain</c>: what the failures of an interval have in common.</summary>
internal static class ExplainCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting explain views.jsonl.gz --property 40213 --from 2026-11-22T08:30Z --to 2026-11-22T08:45Z
          rx-alerting explain views-*.jsonl --error-type network --from 2026-11-22T08:30Z --to 2026-11-22T08:45Z --json
          rx-alerting explain views.jsonl --dimension video_series --dimension cdn=custom_1 --from 2026-11-22T08:30Z --to 2026-11-22T08:45Z
          rx-alerting explain access.log --failure-status 404 --from 2015-05-19T00:00Z --to 2015-05-20T00:00Z

        Views from --from up to --to are explained. Views before --from, in the same files, say what was normal; later ones are ignored.
        The time of a view is its event time. docs/explain.md says how slices are ranked.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "Files of views, also compressed with gzip; - is the standard input.",
            Arity = ArgumentArity.OneOrMore,
        };
        var from = new Option<string>("--from") { Description = "When the interval begins.", HelpName = "TIME", Required = true };
        var to = new Option<string>("--to") { Description = "When the interval has ended.", HelpName = "TIME", Required = true };
        var property = new Option<string>("--property")
        {
            Description = "Only views of this property. Without it, views of all properties; property_id is a dimension, too.",
            HelpName = "NAME",
        };
        var errorType = new Option<string>("--error-type")
        {
            Description = "Only failures of this error type count as failures. Without it, all do.",
            HelpName = "TYPE",
        };
        var dimensions = new Option<string[]>("--dimension")
        {
            Description = "Also compare views by this field of the records, under its own or another name. May be given "
                + $"{FurtherDimension.Most} times.",
            HelpName = "NAME[=FIELD]",
            AllowMultipleArgumentsPerToken = false,
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object, for programs." };
        var format = NamedValue.Option<RecordFormat?>("--format", () => "What the files hold; auto tells it from their first bytes.", null);

        var command = new Command("explain", "Rank what the failures of an interval have in common: this CDN, that country.")
        {
            files, from, to, property, errorType, dimensions, json, format,
        };
        var settings = new SettingArguments(command, readsAccessLogs: true, isBare: true, filtersProperty: true);
        command.SetAction(parsed =>
        {
            var faults = new List<string>();
            var request = new ExplainRequest
            {
                Paths = parsed.GetRequiredValue(files),
                Format = parsed.GetValue(format),
                From = PointInTime.Parse("--from", parsed.GetRequiredValue(from), faults),
                To = PointInTime.Parse("--to", parsed.GetRequiredValue(to), faults),
                Property = parsed.GetValue(property),
                ErrorType = parsed.GetValue(errorType),
                Columns = new(FurtherDimension.Parse(parsed.GetValue(dimensions) ?? [], faults)),
                Json = parsed.GetValue(json),
                AccessLog = settings.Load(parsed, host).AccessLog,
            };
            faults.AddRange(request.Faults(areTimesKnown: request.From != default && request.To != default));
            if (faults.Count > 0)
                throw new MisusedException(faults);

            using var interrupt = new Interrupt(host.Stop);
            return ExplainRun.Execute(request, host, interrupt.Token);
        });
        return new CommandWithExamples(command, Examples);
    }
}
