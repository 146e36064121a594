using Rx.Alerting.Connectors.RabbitMq;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>Sends a command to all processes over RabbitMQ.</summary>
internal static class RabbitMqControlSender
{
    /// <summary>A process may answer twice, if it was disconnected meanwhile. Its latest answer counts.</summary>
    /// <exception cref="CommandFailedException">The command was not sent.</exception>
    public static async Task<IReadOnlyList<ControlReply>> SendAsync(
        RabbitMqOptions options,
        string id,
        ReadOnlyMemory<byte> message,
        TimeSpan wait,
        int? replicas,
        TimeProvider clock,
        CancellationToken cancel)
    {
        try
        {
            var bodies = await RabbitMqSender.SendAsync(
                options, id, message, so => Understand(so).Count >= replicas, wait, clock, cancel);
            return Understand(bodies);
        }
        catch (RabbitMqException failure)
        {
            throw new CommandFailedException($"command {id} was not sent: {failure.Message}. Send it again with --id {id}.", failure);
        }
    }

    private static List<ControlReply> Understand(IReadOnlyList<ReadOnlyMemory<byte>> bodies) =>
        [.. bodies.Select(body => ControlJson.Read(body.Span)).OfType<ControlReply>().GroupBy(Process).Select(replies => replies.Last())];

    /// <summary>Processes of one machine have different pipelines.</summary>
    private static string Process(ControlReply reply) =>
        $"{reply.Replica} {string.Join(' ', reply.Pipelines.Select(pipeline => pipeline.Pipeline))}";
}
