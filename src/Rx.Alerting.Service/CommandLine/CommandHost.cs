using System.Collections;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>What runs a command, the process or a test: its streams, its environment variables, its clock.</summary>
internal sealed record CommandHost
{
    /// <summary>What a person answers; at its end from the begin where there is nobody.</summary>
    public TextReader Input { get; init; } = TextReader.Null;

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Opens the bytes behind <see cref="Output"/>, for results that are written to <c>-</c>.</summary>
    public required Func<Stream> OpenOutput { get; init; }

    public required IReadOnlyDictionary<string, string> Environment { get; init; }

    /// <summary>Whether a person looks at <see cref="Output"/> on a terminal.</summary>
    public bool OutputIsTerminal { get; init; }

    /// <summary>Whether a person looks at <see cref="Error"/> on a terminal.</summary>
    public bool ErrorIsTerminal { get; init; }

    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>Asks the command to end early.</summary>
    public CancellationToken Stop { get; init; }

    public static CommandHost OfProcess() => new()
    {
        Input = Console.In,
        Output = Console.Out,
        Error = Console.Error,
        OpenOutput = Console.OpenStandardOutput,
        Environment = System.Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? string.Empty, StringComparer.Ordinal),
        OutputIsTerminal = !Console.IsOutputRedirected,
        ErrorIsTerminal = !Console.IsErrorRedirected,
    };
}
