namespace Rx.Alerting.Core.Views;

/// <content>Copies, for several observers of one source.</content>
public sealed partial class ViewBatch
{
    /// <summary>
    /// Makes another batch the same as this one. A pipeline takes views out of its batch, so each of several pipelines needs a batch of its
    /// own.
    /// </summary>
    /// <param name="other">What it had is lost; its buffers are used again.</param>
    public void CopyTo(ViewBatch other)
    {
        other.Clear();
        other.Partition = Partition;
        other.Position = Position;
        other.Status = Status;
        Text.AsSpan(0, TextLength).CopyTo(other.Reserve(TextLength));
        other.TextLength = TextLength;
        (other.views, other.ViewCount) = (Copied(views, other.views, ViewCount), ViewCount);
        (other.failures, other.FailureCount) = (Copied(failures, other.failures, FailureCount), FailureCount);
        (other.circumstances, other.CircumstancesCount) =
            (Copied(circumstances, other.circumstances, CircumstancesCount), CircumstancesCount);
        other.furtherFields = furtherFields;
        other.further = Copied(further, other.further, Math.Min(further.Length, CircumstancesCount * furtherFields));
        rejected.CopyTo(other.rejected, 0);
        other.RejectedCount = RejectedCount;
        other.samples.AddRange(samples);
        other.latest = latest;
    }

    private static T[] Copied<T>(T[] from, T[] to, int count)
    {
        if (to.Length < count)
            to = new T[from.Length];
        from.AsSpan(0, count).CopyTo(to);
        return to;
    }
}
