namespace Rx.Alerting.Core.Views;

/// <summary>What a source knows of a partition.</summary>
public enum PartitionStatus
{
    /// <summary>More may come at any time; the partition holds the watermark back.</summary>
    Active,

    /// <summary>Caught up, nothing to read for now; does not hold the watermark back until its next view.</summary>
    Idle,

    /// <summary>Nothing will come any more; no longer takes part in the watermark.</summary>
    Finished,
}
