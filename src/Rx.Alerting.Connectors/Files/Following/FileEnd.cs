namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What is behind the end of a file.</summary>
internal enum FileEnd
{
    /// <summary>Nothing; more may be written.</summary>
    Quiet,

    /// <summary>A file that somebody has written to; writers may still be at this one.</summary>
    Rotated,

    /// <summary>Nothing will be written any more, and all has been read.</summary>
    Left,

    /// <summary>Something was found that makes it worth to look again at once.</summary>
    LookAgain,
}
