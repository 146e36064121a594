using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Explain;

/// <summary>The arguments of <c>explain</c>.</summary>
internal sealed record ExplainRequest
{
    /// <summary>The files to read; <c>-</c> is the standard input.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The format of the files; null: their first bytes tell.</summary>
    public RecordFormat? Format { get; init; }

    /// <summary>When the interval begins; the first moment that is in it.</summary>
    public required DateTimeOffset From { get; init; }

    /// <summary>When the interval has ended; the first moment that is not in it.</summary>
    public required DateTimeOffset To { get; init; }

    /// <summary>Only views of this property; null: of all.</summary>
    public string? Property { get; init; }

    /// <summary>Only this error type counts as a failure; null: all do.</summary>
    public string? ErrorType { get; init; }

    public bool Json { get; init; }

    /// <summary>The dimensions that views are compared by.</summary>
    public SliceColumns Columns { get; init; } = new([]);

    public AccessLogOptions AccessLog { get; init; } = new();

    public FileSourceOptions Source => new()
    {
        Paths = Paths,
        Format = Format,
        AccessLog = AccessLog,
        SampleEvery = 1,
        FurtherFields = [.. Columns.Further.Select(further => further.Field)],
    };

    /// <summary>The faults of the command line. No file is opened for that.</summary>
    public IEnumerable<string> Faults(bool areTimesKnown) =>
    [
        .. InputPaths.Faults(Paths),
        .. Property is "" ? (string[])["--property is empty, must be the name of a property"] : [],
        .. ErrorType is "" ? (string[])["--error-type is empty, must be an error type"] : [],
        .. areTimesKnown && From >= To
            ? (string[])[$"--from is {IncidentWords.Time(From)}, must be before --to, which is {IncidentWords.Time(To)}"]
            : [],
    ];
}
