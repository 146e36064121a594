using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Pages.Pipelines;

namespace Rx.Alerting.Service.Api.Resources;

/// <summary>The addresses at which the pipelines of this process, and their partitions, are read.</summary>
internal static class PipelineEndpoints
{
    public static void MapPipelines(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("/api/v1").Needs(AccessRole.Reader);
        routes.MapMethods("/pipelines", ReadMethods.All, Pipelines).Describe<PipelinesEnvelope>(PipelineOperations.ListPipelines);
        routes.MapMethods("/partitions", ReadMethods.All, Partitions).Describe<PartitionsEnvelope>(PipelineOperations.ListPartitions);
    }

    private static IResult Pipelines(HttpContext context, PipelineLook look, DataStates states)
    {
        var reader = new QueryReader(context.Request.Query);
        if (reader.Faults.Count > 0)
            return Problem.Of(ProblemKind.WrongParameters, reader.Faults);
        var scope = context.Caller().Scope;
        var detail = look.Look(scope, states.Look(scope), most: 0);
        PipelineRow[] rows = [.. detail.Pipelines.Select(line => PipelineRow.Of(line, detail, look.NotCounted(line.Name, scope)))];
        var envelope = new PipelinesEnvelope(rows, Timeframe(rows.Select(row => row.Watermark)), rows.Length, Notice(detail));
        var steady = rows.Select(row => row with { BehindSeconds = null }).ToArray();
        return TaggedAnswer.Of(
            context.Request, envelope, envelope with { Data = steady, Timeframe = [] }, ApiJson.Readable.PipelinesEnvelope);
    }

    private static IResult Partitions(HttpContext context, PipelineLook look, DataStates states)
    {
        var reader = new QueryReader(context.Request.Query, "pipeline", "status", "limit", "page", "format");
        var pipeline = reader.Text("pipeline", "the name of a pipeline");
        var statuses = reader.Several<PartitionState>("status");
        var (limit, page) = reader.Paging();
        var isCsv = reader.IsCsv();
        if (reader.Faults.Count > 0)
            return Problem.Of(ProblemKind.WrongParameters, reader.Faults);
        var scope = context.Caller().Scope;
        var detail = look.Look(scope, states.Look(scope), most: int.MaxValue);
        var rows = detail.Partitions
            .Where(line => (pipeline is null || line.Pipeline == pipeline) && (statuses.Count == 0 || statuses.Contains(line.State)))
            .Select(line => PartitionRow.Of(line, detail.IsWhole)).ToList();
        if (isCsv)
            return Sheet(rows);
        var envelope = new PartitionsEnvelope(
            Paged.Of(rows, limit, page), Timeframe(rows.Select(row => row.Watermark)), rows.Count, Notice(detail));
        return TaggedAnswer.Of(context.Request, envelope, envelope, ApiJson.Readable.PartitionsEnvelope);
    }

    private static IResult Sheet(List<PartitionRow> rows)
    {
        var table = new Csv("partition", "pipeline", "status", "watermark", "lag_seconds", "position", "lag_records", "lag_bytes");
        foreach (var row in rows)
        {
            table.Add(
                row.Partition, row.Pipeline, row.Status, row.Watermark, row.LagSeconds, row.Position, row.LagRecords, row.LagBytes);
        }

        return table.ToResult("partitions");
    }

    /// <summary>Warnings name hosts, files and people.</summary>
    private static string? Notice(PipelineDetail detail)
    {
        var shared = detail.IsShared ? "Other processes read the other partitions, and answer for them." : null;
        var warnings = detail.IsWhole || detail.Warnings.Count == 0 ? detail.Warnings : ["Incidents may be missing or old."];
        var said = string.Join(" ", warnings.Append(shared).OfType<string>());
        return said.Length == 0 ? null : said;
    }

    private static long[] Timeframe(IEnumerable<DateTimeOffset?> watermarks)
    {
        var known = watermarks.OfType<DateTimeOffset>().Select(one => one.ToUnixTimeSeconds()).DefaultIfEmpty().ToList();
        return [known.Min(), known.Max()];
    }
}
