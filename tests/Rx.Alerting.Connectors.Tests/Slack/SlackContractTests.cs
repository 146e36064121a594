using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Connectors.Tests.Contracts;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Servers;

namespace Rx.Alerting.Connectors.Tests.Slack;

public sealed class SlackBotContractTests : NotifierContract
{
    protected override (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server) => (
        new SlackNotifier(
            new() { Token = SlackServer.Token, Channel = SlackServer.Channel, ApiUrl = $"{server}api" }, TimeProvider.System),
        [SlackServer.Token]);
}

public sealed class SlackWebhookContractTests : NotifierContract
{
    protected override (INotifier Notifier, IReadOnlyList<string> Secrets) Make(Uri server) => (
        new SlackNotifier(new() { Url = $"{server}{SlackServer.WebhookPath[1..]}" }, TimeProvider.System),
        [SlackServer.WebhookPath, "SecretOfTheWebhook", "B01234567"]);
}
