using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>One look at the log, and what follows from it: the status to say. Null: nothing new to say.</summary>
internal sealed partial class FollowedLog
{
    private PartitionStatus? Look(ViewBatch batch)
    {
        looked = null;
        try
        {
            var status = Step(batch);
            if (failing)
                FollowLog.ReadableAgain(context.Logger, Path);
            failing = false;
            return status;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            batch.Clear();
            Wait();
            if (e is RenamedException or FileNotFoundException)
                return null;
            if (!failing)
            {
                FollowLog.Unreadable(context.Logger, Path, e.Message, options.PollInterval);
                context.Counters.Unread();
            }

            failing = true;
            return idleness.Wake();
        }
    }

    private PartitionStatus? Step(ViewBatch batch)
    {
        if (file.Deleted)
            return PartitionStatus.Finished;
        if (!file.TryOpen())
            return file.Deleted ? null : Rest();
        try
        {
            if (file.Begin() is { } refusal)
                return Refuse(refusal);
            if (!file.CheckIntact())
                return null;
            if (file.Fill(batch))
            {
                idleness.End();
                rotatedSince = null;
                return PartitionStatus.Active;
            }
        }
        catch (IOException)
        {
            file.CloseToReopen();
            throw;
        }

        return file.AtEnd switch
        {
            FileEnd.Quiet => Rest(),
            FileEnd.Rotated => WaitForWriters(),
            FileEnd.Finished => MoveOn(),
            _ => null,
        };
    }

    private PartitionStatus? MoveOn()
    {
        if (file.MoveOn())
            return PartitionStatus.Active;
        return file.Deleted ? PartitionStatus.Finished : Rest();
    }

    private PartitionStatus? WaitForWriters()
    {
        rotatedSince ??= context.Time.GetTimestamp();
        if (context.Time.GetElapsedTime(rotatedSince.Value) < options.RotationWait)
            Wait();
        else
            file.SetComplete();
        return idleness.Wake();
    }

    private PartitionStatus? Rest()
    {
        Wait();
        return idleness.Rest();
    }

    private PartitionStatus? Refuse(string refusal)
    {
        if (!inFolder)
            throw new FileSourceException([$"{Path}: {refusal}"]);
        Refused = new(refusal, MayPass: false);
        return PartitionStatus.Finished;
    }

    private void Wait() => looked = context.Time.GetTimestamp();
}
