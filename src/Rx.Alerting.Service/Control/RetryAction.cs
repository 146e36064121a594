using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Control;

/// <summary>Tries again what channels have given up, and what waits for its next attempt.</summary>
/// <param name="Channel">Null: all channels.</param>
internal sealed record RetryAction(string? Channel) : PipelineAction
{
    /// <summary>A pipeline that comes here later brings its channels to try again by itself.</summary>
    public override bool IsKept => false;

    public override bool IsForOne => false;

    public override IReadOnlyList<string?> Arguments => [Channel];

    public override async Task<PipelineReply> RunAsync(ActionContext context)
    {
        var (name, channels) = (context.Name, context.Services.Channels.All);
        List<NotificationChannel> asked = [.. channels.Where(channel =>
            Channel is null || channel.Name.Equals(Channel, StringComparison.OrdinalIgnoreCase))];
        if (channels.Count == 0)
            return new(name, ReplyStatus.Refused, "there is no channel", null);
        if (asked.Count == 0)
        {
            var names = OptionText.Choice(channels.Select(one => one.Name));
            return new(name, ReplyStatus.Refused, $"there is no channel {Channel}; there is {names}", null);
        }

        if (await context.ClaimAsync(CancellationToken.None) is { } refused)
            return refused;
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
