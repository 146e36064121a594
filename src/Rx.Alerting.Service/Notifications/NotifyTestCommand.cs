using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Notifications;

/// <summary><c>rx-alerting notify test</c>: sends a sample to a channel, and says what the receiver answers.</summary>
internal static class NotifyTestCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting notify test ops --config rx-alerting.json
          rx-alerting notify test hook --set Channels:hook:Kind=webhook --set Channels:hook:Url=http://127.0.0.1:9000/
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var channel = new Argument<string>("CHANNEL") { Description = "Its name, as in Channels:NAME." };
        var command = new Command("test", "Send a sample to a channel: it opens, and closes again.") { channel };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction((parsed, stop) => ExecuteAsync(settings.Load(parsed, host), parsed.GetValue(channel)!, host, stop));
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<int> ExecuteAsync(Settings settings, string name, CommandHost host, CancellationToken stop)
    {
        if (!settings.Channels.All.TryGetValue(name.ToLowerInvariant(), out var channel))
        {
            var names = settings.Channels.All.Count == 0 ? "there is none" : $"there is {OptionText.Choice(settings.Channels.All.Keys)}";
            throw new MisusedException($"there is no channel {name}; {names}");
        }

        var notifier = channel.Target(name, [], host.Clock, NullLogger.Instance).Notifier;
        using var disposed = notifier as IDisposable;
        var opened = NotificationSample.Of(host.Clock.GetUtcNow(), $"test-{Guid.NewGuid():N}");
        var first = await TellAsync(opened);
        if (first is not NotifyResult.Delivered told)
            return ExitCode.Failed;
        var last = await TellAsync(NotificationSample.Closed(opened, told.Reference));
        return last is NotifyResult.Delivered ? ExitCode.Success : ExitCode.Failed;

        async Task<NotifyResult> TellAsync(Notification notification)
        {
            using var limit = new CancellationTokenSource(settings.Notifications.Timeout, host.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, stop);
            NotifyResult result;
            try
            {
                result = await notifier.NotifyAsync(notification, either.Token);
                if (result is NotifyResult.Delivered { Afterwards: { } bring })
                    result = await bring(stop);
            }
            catch (OperationCanceledException) when (!stop.IsCancellationRequested)
            {
                result = new NotifyResult.Later($"no answer within {Duration.Format(settings.Notifications.Timeout)}", IsInDoubt: true);
            }

            host.Output.WriteLine($"{name}, {notification.Event.ToString().ToLowerInvariant()}: {result switch
            {
                NotifyResult.Delivered { Remark: { } remark } => $"delivered: {remark}",
                NotifyResult.Delivered => "delivered",
                NotifyResult.Later later => $"failed, would be tried again: {later.Problem}",
                NotifyResult.Refused refused => $"refused: {refused.Problem}",
                _ => string.Empty,
            }}");
            return result;
        }
    }
}
