using System.Text.Json;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Explain;

/// <summary>One explanation, from opening the files to the answer.</summary>
internal static class ExplainRun
{
    /// <returns><see cref="ExitCode.Failed"/> if a part of the files could not be read.</returns>
    /// <exception cref="FileSourceException">The files cannot be opened. Nothing was read.</exception>
    /// <exception cref="CommandFailedException">There is nothing to explain.</exception>
    public static int Execute(ExplainRequest request, CommandHost host, CancellationToken stop)
    {
        using var source = FileViewSource.Open(request.Source);
        var counts = ReadingProgress.Show(Screen.ForError(host), host.Clock, progress =>
            new IntervalReading(request, source, progress).Read(IntervalReading.MaximumBytes, stop));
        var problems = source.Problems;
        foreach (var problem in problems)
            host.Error.WriteLine($"rx-alerting: {problem.File}: {problem.Message}");
        if (WhyNothing(request, counts) is { } reason)
            throw new CommandFailedException(reason);

        var rejected = RejectionWords.Counts(counts.Rejected);
        if (rejected.Length > 0)
            host.Error.WriteLine($"rx-alerting: not counted: {rejected}");
        var explained = IntervalRanking.Of(request, counts);
        if (request.Json)
            host.Output.WriteLine(JsonSerializer.Serialize(explained, ExplainedJson.Readable.Explained));
        else
            ExplainedText.Write(Screen.ForOutput(host).Console, explained, counts.ErrorTypesInside.Most());
        return problems.Count == 0 ? ExitCode.Success : ExitCode.Failed;
    }

    /// <summary>Why there is nothing to explain, and what there is instead. Null if there is something.</summary>
    private static string? WhyNothing(ExplainRequest request, IntervalCounts counts)
    {
        if (counts.Read == 0 && counts.Rejected.Sum() == 0)
            return "there are no views in the input";
        if (counts.Read == 0)
            return $"no record could be counted ({RejectionWords.Counts(counts.Rejected)}); --format says what the files hold";
        if (counts.ViewsOfProperty == 0)
            return $"no view of property “{request.Property}”; there are {counts.Properties.Most()}";
        if (counts.Views == 0)
        {
            var interval = $"{IncidentWords.Time(request.From)} and {IncidentWords.Time(request.To)} UTC";
            return $"no view ended between {interval}; the views are from {Time(counts.Earliest)} to {Time(counts.Latest)} UTC";
        }

        return request.ErrorType is { } type && !counts.ErrorTypes.Has(type) ? NoSuchErrorType(request, type, counts.ErrorTypes) : null;
    }

    private static string NoSuchErrorType(ExplainRequest request, string type, NameCounts there)
    {
        var isStatus = type.Length == 3 && type.All(char.IsAsciiDigit) && !request.AccessLog.FailureStatuses.Contains(type);
        var hint = isStatus ? $"; if {type} is a status of an access log, --failure-status {type} makes it a failure" : string.Empty;
        return there.IsEmpty
            ? $"no view failed with error type “{type}”, and none with another{hint}"
            : $"no view failed with error type “{type}”; there are {there.Most()}{hint}";
    }

    private static string Time(long milliseconds) => IncidentWords.Time(DateTimeOffset.FromUnixTimeMilliseconds(milliseconds));
}
