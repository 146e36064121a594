namespace Rx.Alerting.Service.CommandLine;

/// <summary>A command cannot go on, and the message says why. Ends the process with <see cref="ExitCode.Failed"/>.</summary>
internal sealed class CommandFailedException : Exception
{
    public CommandFailedException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}

/// <summary>Usage or configuration is wrong; carries every fault, and ends the process with <see cref="ExitCode.Misused"/>.</summary>
internal sealed class MisusedException : Exception
{
    public MisusedException(IReadOnlyList<string> faults)
        : base(string.Join(Environment.NewLine, faults)) => Faults = faults;

    public MisusedException(string fault)
        : this([fault])
    {
    }

    public IReadOnlyList<string> Faults { get; }
}
