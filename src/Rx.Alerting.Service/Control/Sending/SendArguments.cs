using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>The options of the command line that say where a command is sent, and how its answer is shown.</summary>
internal sealed class SendArguments
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string?> id = new("--id")
    {
        HelpName = "ID",
        Description = "The id of the command; a new one if it is not given. The same id sends the same command again.",
    };

    private readonly Option<string> url = new("--url")
    {
        HelpName = "URL",
        Description = "The service, on this machine.",
        DefaultValueFactory = _ => $"http://{ListenAddress.Default}",
    };

    private readonly Option<bool> json = new("--json") { Description = "Write each answer as a line of JSON." };

    private readonly SettingArguments settings;

    public SendArguments(Command command)
    {
        foreach (var option in (Option[])[id, url, json])
            command.Add(option);
        settings = new SettingArguments(command, isBare: true);
    }

    public string? Id(ParseResult parsed) => parsed.GetValue(id);

    /// <summary>Sends a command, and shows the answers.</summary>
    /// <param name="message">The command.</param>
    /// <param name="nameOf">How a member is named on the command line.</param>
    /// <param name="parsed">The command line.</param>
    /// <param name="host">Has the output.</param>
    /// <param name="stop">Ends the wait for answers.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="MisusedException">The command has faults; it was not sent.</exception>
    public async Task<int> SendAsync(
        JsonObject message, Func<string, string> nameOf, ParseResult parsed, CommandHost host, CancellationToken stop)
    {
        _ = settings.Load(parsed, host);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        var request = ControlMessage.Parse(body, null, out var faults)
            ?? throw new MisusedException([.. faults.Select(fault => $"{nameOf(fault.Member)} {fault.Problem}")]);
        var reply = await HttpControlSender.SendAsync(parsed.GetRequiredValue(url), request.Id, body, stop);
        return ControlOutput.Write(request, [reply], parsed.GetValue(json), host);
    }
}
