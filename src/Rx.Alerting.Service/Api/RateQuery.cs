using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Api;

/// <summary>The parameters of the addresses that answer with error rates.</summary>
internal static class RateQuery
{
    private static readonly (string Name, KeyOrder Order)[] Orders =
    [
        ("worst", KeyOrder.Worst), ("-deviation", KeyOrder.Deviation), ("-errors", KeyOrder.Errors), ("-total_views", KeyOrder.Views),
        ("name", KeyOrder.Name),
    ];

    /// <summary>The values of <c>order_by</c>; the first one holds where none is given.</summary>
    public static IEnumerable<string> OrderNames => Orders.Select(one => one.Name);

    /// <summary>The parameters of <c>/api/v1/properties</c> and <c>/api/v1/titles</c>.</summary>
    /// <param name="query">Of the request.</param>
    /// <param name="ofTitles">Whether titles are asked for.</param>
    /// <param name="scope">What the caller may see.</param>
    /// <param name="order">Which keys come first.</param>
    /// <param name="faults">What is wrong, for each wrong parameter.</param>
    /// <returns>Null if a parameter is wrong.</returns>
    public static RateQuestion? ParseKeys(
        IQueryCollection query, bool ofTitles, PropertyScope scope, out KeyOrder order, out Dictionary<string, string[]> faults)
    {
        string[] known = ["property_id", "search", "limit", "page", "order_by"];
        var reader = new QueryReader(query, ofTitles ? [.. known, "video_id"] : known);
        var (limit, page) = reader.Paging(RateQuestion.MaximumReach / QueryReader.MaximumLimit);
        order = reader.Choice("order_by", Orders);
        var question = Of(reader, scope) with
        {
            OfTitles = ofTitles,
            Title = ofTitles ? reader.Text("video_id", "the id of a title") : null,
            Search = reader.Text("search", "a part of a name"),
            Skip = (page - 1) * limit,
            Take = limit,
        };
        faults = reader.Faults;
        return faults.Count == 0 ? question : null;
    }

    /// <summary>The parameters of <c>/api/v1/error-rates</c>: one property, or one title of it.</summary>
    /// <inheritdoc cref="ParseKeys"/>
    public static RateQuestion? ParseOne(
        IQueryCollection query, PropertyScope scope, out string? errorType, out Dictionary<string, string[]> faults)
    {
        var reader = new QueryReader(query, "property_id", "video_id", "error_type");
        errorType = reader.Text("error_type", "an error type");
        var title = reader.Text("video_id", "the id of a title");
        var question = Of(reader, scope) with { OfTitles = title is not null, Title = title, Take = 1 };
        if (question.Property is null && !reader.Faults.ContainsKey("property_id"))
            reader.Fault("property_id", "must be a property");
        faults = reader.Faults;
        return faults.Count == 0 ? question : null;
    }

    private static RateQuestion Of(QueryReader reader, PropertyScope scope) => new()
    {
        Property = reader.Text("property_id", "a property"),
        IsVisible = scope.IsAll ? null : scope.Has,
    };
}
