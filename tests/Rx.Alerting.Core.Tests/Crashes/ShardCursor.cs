using System.Globalization;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>How far one reading is in one shard.</summary>
internal sealed class ShardCursor(SimulatedShard shard, string? position)
{
    public SimulatedShard Shard => shard;

    /// <summary>Views that were read.</summary>
    public int Read { get; set; } = position is null or SimulatedReading.End ? 0 : int.Parse(position, CultureInfo.InvariantCulture);

    public bool IsAnnounced { get; set; }

    public bool IsIdle { get; set; }

    public bool IsFinished { get; set; } = position == SimulatedReading.End;

    public bool IsOpen => IsAnnounced && !IsFinished;

    public string Position => IsFinished ? SimulatedReading.End : Read.ToString(CultureInfo.InvariantCulture);
}
