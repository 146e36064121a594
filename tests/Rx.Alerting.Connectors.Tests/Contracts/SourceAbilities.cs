namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What a source under the contract can do; cases that need more are skipped.</summary>
[Flags]
internal enum SourceAbilities
{
    /// <summary>The source makes its own views, without an end.</summary>
    None,

    /// <summary>The partitions hold exactly the views that the test appends.</summary>
    Append = 1,

    /// <summary>The source reads views that are appended while it reads.</summary>
    Follow = 2,

    /// <summary>The source says that a partition is idle when it has been read to its end.</summary>
    Idle = 4,

    /// <summary>Partitions can finish. Without <see cref="Follow"/>, they finish at the end of the appended views.</summary>
    Finish = 8,

    /// <summary>The source says that an idle partition is active when its gate closes.</summary>
    Hold = 16,
}
