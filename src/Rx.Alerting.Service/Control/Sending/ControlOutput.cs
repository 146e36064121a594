using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Control.Sending;

/// <summary>Shows replies, and what they mean for the exit code.</summary>
internal static class ControlOutput
{
    /// <param name="sent">What was sent.</param>
    /// <param name="replies">Of each process that has answered.</param>
    /// <param name="isJson">Whether to write each reply as a line of JSON.</param>
    /// <param name="host">Has the output.</param>
    /// <returns>The exit code.</returns>
    public static int Write(ControlRequest sent, IReadOnlyList<ControlReply> replies, bool isJson, CommandHost host)
    {
        if (isJson)
        {
            foreach (var reply in replies)
                host.Output.WriteLine(Encoding.UTF8.GetString(ControlJson.Write(reply)));
        }
        else
        {
            host.Output.WriteLine($"{sent.Type} {sent.Id}: {Words(Merge(sent, replies))}");
            WriteTable(replies, host);
        }

        return Merge(sent, replies) <= ReplyStatus.AlreadySo ? ExitCode.Success : ExitCode.Failed;
    }

    /// <summary>A line about a command that goes on.</summary>
    public static string Progress(ControlReply reply)
    {
        var pipelines = reply.Pipelines.Where(pipeline => pipeline.Status == ReplyStatus.Running)
            .Select(pipeline => $"{pipeline.Pipeline}: {pipeline.Reason}");
        return IncidentWords.Printable($"{reply.Type} {reply.CommandId}: {string.Join("; ", pipelines)}");
    }

    private static ReplyStatus Merge(ControlRequest sent, IReadOnlyList<ControlReply> replies) =>
        ControlReply.Merge([.. replies.Select(reply => reply.Status)], sent.Action is PipelineAction { IsForOne: true });

    private static void WriteTable(IReadOnlyList<ControlReply> replies, CommandHost host)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns("replica", "pipeline", "status", "event time", "");
        foreach (var reply in replies.OrderBy(reply => reply.Replica, StringComparer.Ordinal))
        {
            foreach (var pipeline in reply.Pipelines)
                Add(reply.Replica, pipeline.Pipeline, pipeline.Status, pipeline.At, What(pipeline));
            if (reply.Pipelines.Count == 0)
                Add(reply.Replica, "—", reply.Status, null, $"{reply.Reason} {string.Join("; ", reply.Faults ?? [])}".Trim());
        }

        Screen.ForOutput(host).Console.Write(table);

        void Add(string replica, string pipeline, ReplyStatus status, DateTimeOffset? at, string what)
        {
            string[] cells = [replica, pipeline, Words(status), at is { } time ? IncidentWords.Time(time) : "—", what];
            table.AddRow(cells.Select(cell => new Text(IncidentWords.Printable(cell))));
        }
    }

    private static string What(PipelineReply pipeline) => pipeline switch
    {
        { Dump: { } dump } => $"{IncidentWords.Count(dump.Rows)} rows, {IncidentWords.Count(dump.Bytes)} bytes: {dump.Location}",
        { Commit: { } commit } => $"commit {IncidentWords.Count(commit)}",
        { Counts: { } counts } => string.Create(
            CultureInfo.InvariantCulture,
            $"{IncidentWords.Count(counts.Views)} views, {IncidentWords.Count(counts.Properties)} properties, "
            + $"{IncidentWords.Count(counts.Titles)} titles, {IncidentWords.Count(counts.OpenIncidents)} incidents open"
            + $"{Operation(pipeline)}"),
        _ => pipeline.Reason ?? "",
    };

    private static string Operation(PipelineReply pipeline)
    {
        var options = from option in pipeline.Options ?? []
                      select $"; {option.Option} {option.Value}, configured {option.Configured}, by {option.By}";
        var pause = pipeline.Paused is { } paused ? $"; paused by {paused.By}" : string.Empty;
        return pause + string.Concat(options);
    }

    private static string Words(ReplyStatus status) => status switch
    {
        ReplyStatus.Done => "done",
        ReplyStatus.AlreadySo => "already so",
        ReplyStatus.Refused => "refused",
        ReplyStatus.Running => "running",
        ReplyStatus.Unconfirmed => "unconfirmed",
        _ => "invalid",
    };
}
