using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Pages.Rates;

/// <summary>Answers requests for the pages of properties and their titles.</summary>
internal sealed class PropertyPages(PageFrames frames, RateAnswers rates, BoardMirror board, IncidentBooks books)
{
    public async Task ListAsync(HttpContext context)
    {
        if (PageZone.Choose(context))
            return;
        var filter = RateFilter.Parse(context.Request.Query, property: null);
        var frame = Frame(context, "Properties");
        var list = await ListAsync(context, filter);
        await frames.Renderer.WriteAsync<PropertiesPage>(context, Status(filter), new() { ["Frame"] = frame, ["List"] = list });
    }

    /// <param name="context">The request.</param>
    /// <param name="id">The name of the property, if it survives as a part of a path; see <see cref="RateFilter.AddressOf"/>.</param>
    public async Task ShowAsync(HttpContext context, string id)
    {
        if (PageZone.Choose(context))
            return;
        var name = context.Request.Query[RateFilter.NameParameter] is [{ } said, ..] ? said : id;
        if (await FindAsync(context, name) is not { } detail)
        {
            await frames.MissingAsync(context, "There is no such property, or this process knows nothing of it.");
            return;
        }

        var frame = Frame(context, $"Property {IncidentWords.Printable(name)}");
        await frames.Renderer.WriteAsync<PropertyPage>(
            context, Status(detail.Titles.Filter), new() { ["Frame"] = frame, ["Detail"] = detail });
    }

    /// <summary>Null: there is no such property. The same where the reader may not see it: it must not learn which.</summary>
    private async Task<PropertyDetail?> FindAsync(HttpContext context, string name)
    {
        if (!context.Caller().Scope.Has(name))
            return null;
        var own = Question(context) with { Property = name, Take = 1 };
        var (page, problem) = await rates.AskAsync(own, KeyOrder.Name, context.RequestAborted);
        var known = Visible(context).Snapshot().Where(incident => incident.PropertyId == name).ToArray();
        if (page is not { Keys.Count: > 0 } && known.Length == 0)
            return null;
        var open = Array.FindAll(known, incident => incident.Status == IncidentStatus.Open);
        Array.Sort(open, IncidentList.Order(IncidentSort.Severity));
        var filter = RateFilter.Parse(context.Request.Query, name);
        var titles = page is null ? new RateList(filter, [], 0, Nothing, problem) : await ListAsync(context, filter);
        var names = known.Where(incident => incident is { VideoId: not null, VideoTitle: not null })
            .DistinctBy(incident => incident.VideoId, StringComparer.Ordinal)
            .ToDictionary(incident => incident.VideoId!, incident => incident.VideoTitle!, StringComparer.Ordinal);
        titles = titles with { Names = names, Descriptions = books.Of(Visible(context)).Descriptions };
        return new(name, page?.Keys.FirstOrDefault(), [.. open.Take(IncidentDetail.Most)], open.Length, titles);
    }

    private async Task<RateList> ListAsync(HttpContext context, RateFilter filter)
    {
        var question = Question(context) with
        {
            Property = filter.Property,
            OfTitles = filter.Property is not null,
            Search = filter.Text.Length > 0 ? filter.Text : null,
            Skip = (filter.Page - 1) * RateFilter.OnPage,
            Take = RateFilter.OnPage,
        };
        var (page, problem) = await rates.AskAsync(question, filter.Order, context.RequestAborted);
        var book = books.Of(Visible(context));
        var open = filter.Property is null ? book.OpenOfProperties : Nothing;
        return new(filter, page?.Keys ?? [], page?.Total ?? 0, open, problem) { Descriptions = book.Descriptions };
    }

    private static Dictionary<string, int> Nothing => [];

    private static RateQuestion Question(HttpContext context) => new()
    {
        IsVisible = context.Caller().Scope is { IsAll: false } scope ? scope.Has : null,
    };

    private static int Status(RateFilter filter) =>
        filter.Faults.Count > 0 ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK;

    /// <summary>Rates change all the time, so a change of an incident is no reason to ask at once.</summary>
    private PageFrame Frame(HttpContext context, string title) =>
        frames.Of(context, title) with { RefreshSeconds = 10, IsOfIncidents = false };

    private VisibleIncidents Visible(HttpContext context) => new(board, context.Caller().Scope);
}
