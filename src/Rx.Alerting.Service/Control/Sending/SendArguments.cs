using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Client;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>Sends a command by its id, and gives the replies.</summary>
internal delegate Task<IReadOnlyList<ControlReply>> Route(string id, ReadOnlyMemory<byte> message, CancellationToken cancel);

/// <summary>The options of the command line that say where a command is sent, and how its answer is shown.</summary>
internal sealed class SendArguments
{
    private static readonly JsonSerializerOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Option<string?> id = new("--id")
    {
        HelpName = "ID",
        Description = "The id of the command; a new one if it is not given. The same id sends the same command again.",
    };

    private readonly ApiArguments api = new();

    private readonly Option<bool> rabbit = new("--rabbit") { Description = "Send to all processes over RabbitMQ, as RabbitMq:Uri says." };

    private readonly Option<string> wait = new("--wait")
    {
        HelpName = "TIME",
        Description = "With --rabbit: how long to wait for answers.",
        DefaultValueFactory = _ => "5s",
    };

    private readonly Option<int?> replicas = new("--replicas")
    {
        HelpName = "N",
        Description = "With --rabbit: how many processes there are. Ends the wait when all have answered, and fails if not.",
    };

    private readonly Option<bool> json = new("--json") { Description = "Write each answer as a line of JSON." };

    private readonly SettingArguments settings;

    public SendArguments(Command command)
    {
        foreach (var option in (Option[])[id, api.Url, api.TokenFile, rabbit, wait, replicas, json])
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
        var token = parsed.GetValue(rabbit) ? null : api.Token(parsed, host);
        var route = Route(parsed, settings.Load(parsed, host), token, nameOf, host.Clock);
        var body = JsonSerializer.SerializeToUtf8Bytes(message, Json);
        // The service knows by the token who sends it.
        var request = ControlMessage.Parse(body, null, out var faults, token is null ? null : ApiArguments.TokenVariable)
            ?? throw new MisusedException([.. faults.Select(fault => $"{nameOf(fault.Member)} {fault.Problem}")]);
        var replies = await route(request.Id, body, stop);
        // A service answers before a long command has ended. Asked again, it waits again.
        while (replies.FirstOrDefault(reply => reply.Status == ReplyStatus.Running) is { } running)
        {
            host.Error.WriteLine(ControlOutput.Progress(running));
            replies = await route(request.Id, body, stop);
        }

        var code = ControlOutput.Write(request, replies, parsed.GetValue(json), host);
        var expected = parsed.GetValue(replicas) ?? 1;
        return replies.Count >= expected
            ? code
            : throw new CommandFailedException(
                $"{replies.Count} of {expected} processes have answered within {parsed.GetValue(wait)}. "
                + $"The others may execute the command later. Send it again with --id {request.Id}.");
    }

    /// <summary>Finds out where to send.</summary>
    /// <exception cref="MisusedException">The options contradict one another.</exception>
    private Route Route(ParseResult parsed, Settings loaded, string? token, Func<string, string> nameOf, TimeProvider clock)
    {
        var faults = new List<string>();
        if (!Duration.TryParse(parsed.GetRequiredValue(wait), out var span) || span > TimeSpan.FromHours(1))
            faults.Add($"--wait is “{parsed.GetValue(wait)}”, must be {Duration.Notation}, up to 1h");
        if (parsed.GetValue(replicas) < 1)
            faults.Add($"--replicas is {parsed.GetValue(replicas)}, must be at least 1");
        var isRabbit = parsed.GetValue(rabbit);
        if (isRabbit && !loaded.RabbitMq.HasBroker())
            faults.Add("--rabbit: needs a broker, as in --set RabbitMq:Uri=amqp://user:password@host");
        if (isRabbit && parsed.GetResult(api.Url) is { Implicit: false })
            faults.Add("--rabbit: --url says where to send already, give one of them");
        if (!isRabbit)
        {
            faults.AddRange(
                from option in (Option[])[wait, replicas]
                where parsed.GetResult(option) is { Implicit: false }
                select $"{option.Name}: is of use with --rabbit only");
        }

        if (faults.Count > 0)
            throw new MisusedException(faults);
        var (address, number) = (parsed.GetRequiredValue(api.Url), parsed.GetValue(replicas));
        return isRabbit
            ? (command, body, stop) => RabbitMqControlSender.SendAsync(loaded.RabbitMq, command, body, span, number, clock, stop)
            : async (command, body, stop) => [await HttpControlSender.SendAsync(address, token, nameOf, command, body, stop)];
    }
}
