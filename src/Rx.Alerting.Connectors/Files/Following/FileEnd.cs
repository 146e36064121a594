namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What is behind the end of a file.</summary>
internal enum FileEnd
{
    /// <summary>Nothing. More may be written to the file.</summary>
    Quiet,

    /// <summary>The next file, which somebody has written to. Writers may still write to this file.</summary>
    Rotated,

    /// <summary>Nothing will be written to the file any more, and all of it has been read.</summary>
    Finished,

    /// <summary>Something has changed, so look again at once.</summary>
    LookAgain,
}
