using System.Globalization;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>How far one source has read one shard.</summary>
internal sealed class ShardCursor(SimulatedShard shard, string? position)
{
    public SimulatedShard Shard => shard;

    /// <summary>Number of views that were read.</summary>
    public int Read { get; set; } = position is null or SimulatedSource.End ? 0 : int.Parse(position, CultureInfo.InvariantCulture);

    public bool IsAnnounced { get; set; }

    public bool IsIdle { get; set; }

    public bool IsFinished { get; set; } = position == SimulatedSource.End;

    public bool IsOpen => IsAnnounced && !IsFinished;

    public string Position => IsFinished ? SimulatedSource.End : Read.ToString(CultureInfo.InvariantCulture);
}
