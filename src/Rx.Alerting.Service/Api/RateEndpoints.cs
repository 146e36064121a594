using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;

namespace Rx.Alerting.Service.Api;

/// <summary>The addresses at which error rates are read, as the pipelines of this process have them just now.</summary>
/// <remarks>Names may have any character, so they are parameters, and no parts of a path.</remarks>
internal static class RateEndpoints
{
    public static void MapRates(this IEndpointRouteBuilder builder)
    {
        var routes = builder.MapGroup("/api/v1").Needs(AccessRole.Reader);
        routes.MapMethods("/properties", ReadMethods.All, Properties).Describe<KeysEnvelope>(Operations.ListProperties);
        routes.MapMethods("/titles", ReadMethods.All, Titles).Describe<KeysEnvelope>(Operations.ListTitles);
        routes.MapMethods("/error-rates", ReadMethods.All, ErrorRatesAsync).Describe<RatesEnvelope>(Operations.GetErrorRates);
    }

    private static Task<IResult> Properties(
        HttpContext context, RateAnswers rates, BoardMirror board, IncidentBooks books, CancellationToken cancel) =>
        KeysAsync(ofTitles: false, context, rates, board, books, cancel);

    private static Task<IResult> Titles(
        HttpContext context, RateAnswers rates, BoardMirror board, IncidentBooks books, CancellationToken cancel) =>
        KeysAsync(ofTitles: true, context, rates, board, books, cancel);

    private static async Task<IResult> KeysAsync(
        bool ofTitles, HttpContext context, RateAnswers rates, BoardMirror board, IncidentBooks books, CancellationToken cancel)
    {
        var scope = context.Caller().Scope;
        if (RateQuery.ParseKeys(context.Request.Query, ofTitles, scope, out var order, out var faults) is not { } question)
            return Problem.Of(ProblemKind.WrongParameters, faults);
        return await AnswerAsync(rates, question, order, (page, notice) =>
        {
            var rows = RowsOf(page, books.Of(new(board, scope)));
            return Results.Json(
                new KeysEnvelope(rows, Timeframe(page, rows), page.Total, notice), ApiJson.Readable.KeysEnvelope);
        }, cancel);
    }

    private static async Task<IResult> ErrorRatesAsync(
        HttpContext context, RateAnswers rates, BoardMirror board, IncidentBooks books, CancellationToken cancel)
    {
        var scope = context.Caller().Scope;
        if (RateQuery.ParseOne(context.Request.Query, scope, out var errorType, out var faults) is not { } question)
            return Problem.Of(ProblemKind.WrongParameters, faults);
        return await AnswerAsync(rates, question, KeyOrder.Name, (page, notice) =>
        {
            if (RowsOf(page, books.Of(new(board, scope))) is not [var key])
                return Problem.Of(ProblemKind.OutOfScope, NotFound(question, notice));
            RateRow[] rows = [.. key.ErrorTypes.Where(rate => errorType is null || rate.ErrorType == errorType)];
            return Results.Json(
                new RatesEnvelope(rows, Timeframe(page, [key]), rows.Length, notice), ApiJson.Readable.RatesEnvelope);
        }, cancel);
    }

    private static string NotFound(RateQuestion question, string? notice)
    {
        var what = question.Title is null ? $"property {question.Property}" : $"title {question.Title} of property {question.Property}";
        return $"There are no views of {what}. {notice}".TrimEnd();
    }

    private static async Task<IResult> AnswerAsync(
        RateAnswers rates, RateQuestion question, KeyOrder order, Func<RatePage, string?, IResult> answer, CancellationToken cancel)
    {
        var (page, said) = await rates.AskAsync(question, order, cancel);
        return page is null ? Problem.Of(ProblemKind.NotNow, said) : answer(page, said);
    }

    private static KeyRow[] RowsOf(RatePage page, IncidentBook book)
    {
        var incidents = page.Keys.Any(key => key.ErrorTypes.Any(type => type.IsHeld))
            ? book.All.Where(incident => incident.Status == IncidentStatus.Open)
            : [];
        var byKey = incidents.ToLookup(incident => ((string?)incident.PropertyId, (string?)incident.VideoId, incident.ErrorType));
        return [.. page.Keys.Select(key => KeyRow.Of(key, byKey, book.Descriptions))];
    }

    /// <summary>From the earliest latest view of the page to the event time up to which views are counted.</summary>
    private static long[] Timeframe(RatePage page, IReadOnlyCollection<KeyRow> rows)
    {
        var until = page.Watermark?.ToUnixTimeSeconds() ?? 0;
        return [rows.Count == 0 ? until : rows.Min(row => row.LastViewAt).ToUnixTimeSeconds(), until];
    }
}
