namespace Rx.Alerting.Core.Views;

/// <summary>What a source knows about a partition.</summary>
public enum PartitionStatus
{
    /// <summary>Views may come at any time. The partition holds the watermark back.</summary>
    Active,

    /// <summary>The partition has been read to its end. It does not hold the watermark back until its next view.</summary>
    Idle,

    /// <summary>No view will come any more. The partition has left the watermark.</summary>
    Finished,
}
