using System.Reflection;
using Rx.Alerting.Connectors.Alertmanager;
using Rx.Alerting.Connectors.Mail;
using Rx.Alerting.Connectors.PagerDuty;
using Rx.Alerting.Connectors.Slack;
using Rx.Alerting.Connectors.Webhook;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Channels;

/// <summary>All options that a channel may have, of every kind. Only those of its own kind may be set.</summary>
[OptionSection]
internal sealed record ChannelSettings
{
    public ChannelOptions Common { get; init; } = new();

    public SlackOptions Slack { get; init; } = new();

    public PagerDutyOptions PagerDuty { get; init; } = new();

    public AlertmanagerOptions Alertmanager { get; init; } = new();

    public WebhookOptions Webhook { get; init; } = new();

    public MailOptions Mail { get; init; } = new();

    /// <summary>The options of the channel's kind. Null: it has no kind.</summary>
    private object? OfKind => Common.Kind switch
    {
        ChannelKind.Slack => Slack,
        ChannelKind.Pagerduty => PagerDuty,
        ChannelKind.Alertmanager => Alertmanager,
        ChannelKind.Webhook => Webhook,
        ChannelKind.Mail => Mail,
        _ => null,
    };

    /// <summary>The channel as it is configured. Valid.</summary>
    public NotificationTarget Target(string name, IReadOnlyList<NotificationRoute> routes, TimeProvider clock, ILogger log) =>
        new(name, OptionText.Of(Common.Kind), Open(clock, log))
        {
            MinimumSeverity = Common.MinimumSeverity,
            Reminder = Common.ReminderInterval > TimeSpan.Zero ? Common.ReminderInterval : null,
            Routes = routes,
        };

    /// <summary>Whether a channel of this kind has the options of a record.</summary>
    public bool Has(Type section) => section == typeof(ChannelOptions) || section == OfKind?.GetType();

    /// <summary>Every fault; each begins with the key of the option, with <c>NAME</c> in the place of the channel's name.</summary>
    public IEnumerable<string> Faults()
    {
        const string kind = $"Channels:NAME:{nameof(ChannelOptions.Kind)}";
        var faults = OptionFaults.Of(Common);
        return OfKind is { } options
            ? [.. faults, .. OptionFaults.Of(options), .. Others(options)]
            : [.. faults, $"{kind} is not set, must be {OptionText.Choice(OptionText.Names(typeof(ChannelKind)).Skip(1))}"];
    }

    private INotifier Open(TimeProvider clock, ILogger log) => Common.Kind switch
    {
        ChannelKind.Slack => new SlackNotifier(Slack, clock, log),
        ChannelKind.Pagerduty => new PagerDutyNotifier(PagerDuty, clock),
        ChannelKind.Alertmanager => new AlertmanagerNotifier(Alertmanager, clock, log),
        ChannelKind.Webhook => new WebhookNotifier(Webhook, clock),
        ChannelKind.Mail => new MailNotifier(Mail, clock, log),
        _ => throw new InvalidOperationException("A channel has no kind."),
    };

    /// <summary>Options that are set, and that the channel's kind does not have.</summary>
    private IEnumerable<string> Others(object options)
    {
        var defaults = new ChannelSettings();
        foreach (var section in typeof(ChannelSettings).GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            if (section.GetValue(this) is not { } other || ReferenceEquals(other, options) || ReferenceEquals(other, Common))
                continue;
            var unknown = other.GetType().GetProperties().Where(property => options.GetType().GetProperty(property.Name) is null);
            foreach (var property in unknown)
            {
                if (!Equals(property.GetValue(other), property.GetValue(section.GetValue(defaults))))
                    yield return $"Channels:NAME:{property.Name} is no option of a channel of kind {OptionText.Of(Common.Kind)}";
            }
        }
    }
}
