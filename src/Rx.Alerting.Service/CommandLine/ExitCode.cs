namespace Rx.Alerting.Service.CommandLine;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    public const int Success = 0;

    /// <summary>The command could not do its work, or not all of it.</summary>
    public const int Failed = 1;

    /// <summary>Wrong usage or configuration: nothing was begun.</summary>
    public const int Misused = 2;
}
