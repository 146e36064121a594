using System.CommandLine;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Channels;
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
        var key = name.ToLowerInvariant();
        if (!settings.Channels.All.ContainsKey(key))
        {
            var names = settings.Channels.All.Count == 0 ? "there is none" : $"there is {OptionText.Choice(settings.Channels.All.Keys)}";
            throw new MisusedException($"there is no channel {name}; {names}");
        }

        var isDelivered = true;
        await foreach (var step in ChannelTest.RunAsync(key, settings, host.Clock, NullLogger.Instance, stop))
        {
            host.Output.WriteLine($"{name}, {step.Event.ToString().ToLowerInvariant()}: {step.Words}");
            isDelivered &= step.IsDelivered;
        }

        return isDelivered ? ExitCode.Success : ExitCode.Failed;
    }
}
