using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary><c>rx-alerting control send</c>: sends a command as it is written.</summary>
internal static class SendCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting control send command.json
          echo '{"by": "ann", "type": "status"}' | rx-alerting control send -
        """;

    private const string StandardInput = "-";

    public static CommandWithExamples Create(CommandHost host)
    {
        var file = new Argument<string>("FILE") { Description = "Has one command as JSON (docs/control.md); - is the standard input." };
        var command = new Command("send", "Send a command from a file, or from the standard input.") { file };
        var sending = new SendArguments(command);
        command.SetAction(async (parsed, stop) =>
        {
            var name = parsed.GetRequiredValue(file);
            var text = name == StandardInput ? await ReadAsync(host.Input, stop) : await ReadFileAsync(name, stop);
            var message = Parse(text);
            if (sending.Id(parsed) is { } id)
            {
                if (message.ContainsKey("id"))
                    throw new MisusedException("--id: the command has an id already");
                message["id"] = id;
            }

            message["id"] ??= Guid.NewGuid().ToString();
            return await sending.SendAsync(message, member => member, parsed, host, stop);
        });
        return new CommandWithExamples(command, Examples);
    }

    private static JsonObject Parse(string text)
    {
        try
        {
            // Members that are given twice would be lost here.
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return JsonNode.Parse(text, documentOptions: options) as JsonObject ?? throw new MisusedException("body must be a JSON object");
        }
        catch (JsonException broken)
        {
            throw new MisusedException($"body is not JSON: {broken.Message.Split(" LineNumber:")[0]}");
        }
    }

    private static async Task<string> ReadFileAsync(string name, CancellationToken cancel)
    {
        using var reader = new StreamReader(name);
        return await ReadAsync(reader, cancel);
    }

    /// <summary>Reads no more than a command can have, and a character beyond.</summary>
    private static async Task<string> ReadAsync(TextReader reader, CancellationToken cancel)
    {
        var buffer = new char[ControlMessage.MaximumBytes + 1];
        var read = await reader.ReadBlockAsync(buffer, cancel);
        return read <= ControlMessage.MaximumBytes
            ? new string(buffer, 0, read)
            : throw new MisusedException($"body must have at most {ControlMessage.MaximumBytes} bytes");
    }
}
