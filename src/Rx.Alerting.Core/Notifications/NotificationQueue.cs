namespace Rx.Alerting.Core.Notifications;

/// <summary>What a channel tells next.</summary>
/// <param name="Part">The part of the thread.</param>
/// <param name="Thread">The thread.</param>
/// <param name="Due">When it may be told.</param>
/// <param name="PassesQuiet">Whether it goes before something quiet that was due.</param>
internal sealed record NextNotification(NotificationPart Part, NotificationThread Thread, DateTimeOffset Due, bool PassesQuiet);

/// <summary>
/// The order in which a channel tells. Of what is due, that which people are to look at goes first: many quiet edits must not delay an
/// alert. In a flood of loud notifications every tenth one is quiet, so that messages and states are brought up to date as well.
/// </summary>
internal sealed class NotificationQueue(NotificationChannel channel, NotificationRules rules)
{
    /// <summary>So many go before something quiet.</summary>
    private const int MostPasses = 9;

    private int passes;

    /// <summary>What is to be told next, perhaps later. Null: nothing.</summary>
    public NextNotification? First(DateTimeOffset now) => channel.Read(parts =>
    {
        var (loud, quiet) = ((NextNotification?)null, (NextNotification?)null);
        foreach (var part in parts)
        {
            foreach (var thread in part.Threads)
            {
                if (rules.Due(thread) is not { } due)
                    continue;
                ref var first = ref rules.IsLoudNext(thread, now) ? ref loud : ref quiet;
                if (!(first?.Due <= due))
                    first = new(part, thread, due, PassesQuiet: false);
            }
        }

        if (!(loud?.Due <= now))
            return loud?.Due < quiet?.Due || quiet is null ? loud : quiet;
        return !(quiet?.Due <= now) ? loud
            : passes < MostPasses ? loud with { PassesQuiet = true }
            : quiet;
    });

    /// <summary>It is told now.</summary>
    public void Take(NextNotification next) => passes = next.PassesQuiet ? passes + 1 : 0;
}
