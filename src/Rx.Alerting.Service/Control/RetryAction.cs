using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Channels;

namespace Rx.Alerting.Service.Control;

/// <summary>
/// Asks for another attempt to tell people. A process that has pipelines makes a <see cref="PipelineRetryAction"/> of it.
/// </summary>
/// <param name="Channel">Null: all channels.</param>
internal sealed record RetryAction(string? Channel) : ControlAction;

/// <summary>Tries again what channels have given up, and what waits for its next attempt.</summary>
internal sealed record PipelineRetryAction(string? Channel, NotificationChannels Channels) : PipelineAction
{
    /// <summary>A pipeline that comes here later brings its channels to try again by itself.</summary>
    public override bool IsKept => false;

    public override bool IsForOne => false;

    public override async Task<PipelineReply> RunAsync(string name, CheckpointedPipeline pipeline)
    {
        List<NotificationChannel> asked = [.. Channels.All.Where(channel =>
            Channel is null || channel.Name.Equals(Channel, StringComparison.OrdinalIgnoreCase))];
        if (Channels.All.Count == 0)
            return new(name, ReplyStatus.Refused, "there is no channel", null);
        if (asked.Count == 0)
        {
            var names = OptionText.Choice(Channels.All.Select(one => one.Name));
            return new(name, ReplyStatus.Refused, $"there is no channel {Channel}; there is {names}", null);
        }

        var tried = 0;
        try
        {
            foreach (var channel in asked)
                tried += await channel.RetryAsync(name, CancellationToken.None);
        }
        catch (CheckpointStoreException away)
        {
            return new(name, ReplyStatus.Refused, $"{away.Message}. Send the command again when the store is back", null);
        }

        return tried == 0
            ? new(name, ReplyStatus.AlreadySo, "nothing was given up that could be told now, and nothing waits", null)
            : new(name, ReplyStatus.Done, $"{tried} notifications are tried again", null);
    }
}
