using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Core.Notifications;

/// <content>What the store does not take, while it takes everything else.</content>
/// <remarks>
/// Everything that a channel remembers is written together. So one thread that the store never takes, such as one that is too large for it,
/// would hold up the whole channel. After <see cref="MostRefusals"/> attempts the channel does not tell of it any more.
/// </remarks>
public sealed partial class NotificationChannel
{
    /// <summary>So often the store may refuse one thread alone.</summary>
    internal const int MostRefusals = 5;

    /// <summary>
    /// The id of no thread. It is written and removed in one step, which shows whether the store takes anything. A request that changes
    /// nothing would not: a full disk takes it, too.
    /// </summary>
    private const string Trial = "-";

    /// <summary>Writes threads one by one, after the store has not taken all of them together.</summary>
    /// <returns>False: the store takes nothing, or one of them is to be tried again.</returns>
    private async Task<bool> SaveEachAsync(NotificationPart part, CheckpointStoreException problem, CancellationToken cancel)
    {
        var trial = new BoardEntry(part.Name, Trial, clock.GetUtcNow(), new byte[1]);
        if (problem.Problem == CheckpointStoreProblem.Full || !await TryAsync([trial], [Trial]))
            return false;
        var isDone = true;
        foreach (var thread in Read(_ => part.Unsaved.ToList()))
            isDone &= await TryAsync([Read(_ => part.Encode(thread, clock.GetUtcNow()))], []) || IsForgotten(part, thread, problem);
        return isDone;

        async Task<bool> TryAsync(IReadOnlyList<BoardEntry> entries, IReadOnlyList<string> gone)
        {
            try
            {
                // A board that has lost the part gets what it has taken before.
                if (await memory.SaveAsync(part, entries, gone, () => Read(_ => part.EncodeSaved(clock.GetUtcNow())), cancel))
                    EndSaved(part, entries);
                else
                    End(part);
                return true;
            }
            catch (CheckpointStoreException refused) when (refused.Problem != CheckpointStoreProblem.Full)
            {
                problem = refused;
                return false;
            }
        }
    }

    /// <summary>The store has refused a thread once more. Whether that was the last time.</summary>
    private bool IsForgotten(NotificationPart part, NotificationThread thread, CheckpointStoreException problem)
    {
        lock (sync)
        {
            if (part.Refuse(thread) < MostRefusals)
                return false;
            part.Forget(thread);
            underWay.End(part, thread.Id);
        }

        reports.OnNext(NotificationReport.NotStored(Name, part.Pipeline, thread, problem.Message));
        return true;
    }
}
