namespace Rx.Alerting.Core.Windows;

/// <summary>How many keys have come with how many views, and gone, since the windows were made or loaded. Not part of the state.</summary>
internal record struct KeyCounts
{
    /// <summary>Views of all panes that were taken.</summary>
    public long Views { get; set; }

    /// <summary>Properties that were not known, or could not be kept.</summary>
    public long NewProperties { get; set; }

    /// <summary>Properties that were forgotten since others needed their place.</summary>
    public long ForgottenProperties { get; set; }

    /// <summary>Titles that were not known.</summary>
    public long NewTitles { get; set; }

    /// <summary>Error types that were not known in their property, or could not be told apart.</summary>
    public long NewErrorTypes { get; set; }

    /// <summary>Error types that were forgotten since others needed their place.</summary>
    public long ForgottenErrorTypes { get; set; }

    /// <summary>Errors whose type could not be told apart.</summary>
    public long OtherErrors { get; set; }

    /// <summary>How often two names were found to have one hash. Of properties and titles a sample is compared.</summary>
    public long Collisions { get; set; }
}
