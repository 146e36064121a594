using System.CommandLine;
using System.Text.Json;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint inspect</c>: what is in a checkpoint.</summary>
internal static class InspectCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint inspect                              where there is one pipeline only
          rx-alerting checkpoint inspect kafka/views --titles 20
          rx-alerting checkpoint inspect kafka/views --json | jq .partitions

        Ends with 1 when this build cannot read the checkpoint, and says what to do.
        """;

    private static readonly JsonSerializerOptions Json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        WriteIndented = true,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static CommandWithExamples Create(CommandHost host)
    {
        var pipeline = new Argument<string?>("PIPELINE")
        {
            Description = "Its name; may be left out where there is one only.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var json = new Option<bool>("--json") { Description = "Write one JSON object." };
        var titles = new Option<int>("--titles")
        {
            Description = "How many of the biggest titles to show.",
            HelpName = "N",
            DefaultValueFactory = _ => 5,
        };
        titles.Validators.Add(result =>
        {
            if (result.Tokens.Count == 1 && (!int.TryParse(result.Tokens[0].Value, out var number) || number is < 0 or > 10_000))
                result.AddError("--titles must be from 0 to 10000.");
        });
        var command = new Command(
            "inspect",
            "Show what a checkpoint has: owner, positions, watermarks, sizes, undelivered changes, the biggest titles.")
        {
            pipeline, json, titles,
        };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction(async (parsed, stop) =>
        {
            await using var store = StoredPipeline.OpenStore(settings.Load(parsed, host));
            var found = await StoredPipeline.FindAsync(store, parsed.GetValue(pipeline), stop);
            var inspection = await Inspector.InspectAsync(found, parsed.GetValue(titles), stop);
            if (parsed.GetValue(json))
                host.Output.WriteLine(JsonSerializer.Serialize(inspection, Json));
            else
                InspectionText.Write(inspection, Screen.ForOutput(host).Console);
            return inspection.Fault is { } fault ? throw new CommandFailedException(fault) : ExitCode.Success;
        });
        return new CommandWithExamples(command, Examples);
    }
}
