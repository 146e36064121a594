using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Client;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>Sends a command to one process over HTTP.</summary>
internal static class HttpControlSender
{
    /// <exception cref="MisusedException">It is no address, or the service finds faults in the command.</exception>
    /// <exception cref="CommandFailedException">There is no answer, or the service does not take the command.</exception>
    public static async Task<ControlReply> SendAsync(
        string url,
        string? token,
        Func<string, string> nameOf,
        string id,
        ReadOnlyMemory<byte> message,
        CancellationToken cancel)
    {
        var client = new ApiClient(url, token)
        {
            NameOf = nameOf,
            Again = $" Send command {id} again with --id {id}.",
            Refused = $"does not take command {id}",
        };
        return ControlJson.Read(await client.PostAsync(ControlEndpoints.Path, message, cancel)) ?? throw client.Foreign(200);
    }
}
