using System.Text;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Alertmanager;

/// <summary>Keeps alerts of Prometheus' Alertmanager as incidents are.</summary>
/// <remarks>
/// Each member of the cluster is told everything, since members do not tell one another of alerts. What one has, people are told; a member
/// that fails is logged, and knows all again one interval after it is back.
/// </remarks>
public sealed class AlertmanagerNotifier : INotifier, IDisposable
{
    /// <summary>When a member has the alerts, the others are waited for no longer than this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly AlertmanagerMember[] members;
    private readonly TimeSpan interval;
    private readonly TimeProvider clock;

    /// <param name="options">Without faults.</param>
    /// <param name="clock">The clock by which alerts end.</param>
    /// <param name="logger">Told of members that fail while others do not.</param>
    public AlertmanagerNotifier(AlertmanagerOptions options, TimeProvider clock, ILogger? logger = null)
    {
        (interval, this.clock) = (options.Interval, clock);
        members = [.. options.Urls.Select(url => new AlertmanagerMember(url, clock, logger ?? NullLogger.Instance))];
        Traits = new()
        {
            WantsUpdates = true,
            MirrorsState = true,
            WantsOver = false,
            IsIdempotent = true,
            Renewal = interval,
            RenewalAfterEnd = TimeSpan.FromMinutes(15), // As long as Prometheus does.
        };
    }

    /// <inheritdoc/>
    public NotifierTraits Traits { get; }

    /// <inheritdoc/>
    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        var (alerts, told) = AlertmanagerAlerts.Of(notification, interval, clock.GetUtcNow());
        if (alerts.Count == 0)
            return new NotifyResult.Delivered(notification.Reference);
        var content = Encoding.UTF8.GetBytes(alerts.ToJsonString());
        using var enough = new CancellationTokenSource(Timeout.InfiniteTimeSpan, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, cancel);
        var answers = await Task.WhenAll(members.Select(PostAsync));
        if (answers.Contains(null))
            return new NotifyResult.Delivered(AlertmanagerMemory.Format(told));
        cancel.ThrowIfCancellationRequested();
        return answers.OfType<NotifyResult.Later>().FirstOrDefault() ?? answers[0]!;

        async Task<NotifyResult?> PostAsync(AlertmanagerMember member)
        {
            var failure = await member.PostAsync(content, either.Token);
            if (failure is null)
                enough.CancelAfter(Patience);
            return failure;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var member in members)
            member.Dispose();
    }
}
