namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>What a source under the contract can do; cases that need more are skipped.</summary>
[Flags]
internal enum SourceAbilities
{
    /// <summary>It makes its own views, without an end.</summary>
    None,

    /// <summary>Its partitions hold exactly what the test appends.</summary>
    Append = 1,

    /// <summary>What is appended while it reads is read, too.</summary>
    Follow = 2,

    /// <summary>It tells a partition idle when it is caught up.</summary>
    Idle = 4,

    /// <summary>Its partitions can finish; without <see cref="Follow"/> they do so at the end of what was appended.</summary>
    Finish = 8,

    /// <summary>It tells an idle partition active when its gate closes.</summary>
    Hold = 16,
}
