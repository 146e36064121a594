using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Tries;

/// <summary>Shows and takes what people try: the form, the runs, and what they have found.</summary>
internal sealed class TryPages(
    Tries tries, TryDrafts drafts, RulesInForce rules, PageFrames frames, FormReader reader, FormOutcomes outcomes)
{
    public const string Path = "/try";

    private const int Reload = 2;

    private const string Missing =
        "There is no such run in this process. Results are in memory only: a restart forgets them, and the oldest give way to new ones.";

    /// <summary>The address of the form for a property.</summary>
    public static string AddressFor(string property) => $"{Path}?{TryDrafts.Property}={Uri.EscapeDataString(property)}";

    /// <summary>The address of a run.</summary>
    public static string AddressOf(string id) => $"{Path}/{Uri.EscapeDataString(id)}";

    /// <summary>The address of the form with what a run has tried, to try something near it.</summary>
    public static string AddressLike(TriedRun run) =>
        $"{AddressFor(run.Property)}&{TryDrafts.Last}={Uri.EscapeDataString(run.Last)}"
        + $"&{TryDrafts.Learning}={Uri.EscapeDataString(run.Learning)}"
        + $"&{TryDrafts.Options}={Uri.EscapeDataString(string.Join('\n', run.Changes.Select(change => $"{change.Key}={change.Tried}")))}";

    public Task ListAsync(HttpContext context) => PageZone.Choose(context)
        ? Task.CompletedTask
        : WriteAsync(context, StatusCodes.Status200OK, TryDrafts.Begin(context.Request.Query));

    public async Task StartAsync(HttpContext context)
    {
        if (await reader.ReadAsync(context, Path) is not { } state)
            return;
        var caller = context.Caller();
        if (drafts.Read(state, caller, out var wrong) is not { } request)
        {
            var foreign = state.Value(TryDrafts.Property) is { Length: > 0 } property && !caller.Scope.Has(property);
            await WriteAsync(context, foreign ? StatusCodes.Status404NotFound : StatusCodes.Status400BadRequest, wrong);
            return;
        }

        // A form that is sent twice begins one run.
        var id = Guid.TryParse(state.Id, out var own) ? own.ToString() : Guid.NewGuid().ToString();
        if (tries.TryStart(id, request, out var run, out var problem) || (run?.Id == id && caller.Scope.Has(run.Request.Property)))
        {
            context.Response.Headers.Location = $"{context.Request.PathBase}{AddressOf(id)}";
            context.Response.StatusCode = StatusCodes.Status303SeeOther;
            return;
        }

        problem ??= "Nothing was begun: another run is under way, and there is one at a time. "
            + "Wait for its end, or cancel it if you see it below.";
        await WriteAsync(context, StatusCodes.Status409Conflict, state with { Problem = problem, Id = Guid.NewGuid().ToString() });
    }

    public async Task ShowAsync(HttpContext context, string id)
    {
        if (PageZone.Choose(context) || await FindAsync(context, id) is not { } run)
            return;
        var frame = frames.Of(context, $"Property {IncidentWords.Printable(run.Request.Property)} with other options");
        var shown = TriedRun.Of(run, context.Caller().Scope);
        frame = frame with
        {
            IsOfIncidents = false,
            RefreshSeconds = run.IsUnderWay ? Reload : frame.RefreshSeconds,
            ReloadSeconds = run.IsUnderWay ? Reload : null,
        };
        await frames.Renderer.WriteAsync<TryRunPage>(context, StatusCodes.Status200OK, new()
        {
            ["Frame"] = frame,
            ["Run"] = shown,
            ["Ended"] = shown.Result is { } result ? TryWords.WhyEnded(result.End, tries.Bounds) : null,
        });
    }

    public async Task CancelAsync(HttpContext context, string id)
    {
        if (await FindAsync(context, id) is not { } run || await reader.ReadAsync(context, AddressOf(id)) is null)
            return;
        var wasUnderWay = run.Cancel();
        await outcomes.Lead(context, AddressOf(id), new(wasUnderWay, wasUnderWay ? "The run is cancelled." : "The run had ended already."))
            .ExecuteAsync(context);
    }

    /// <summary>Null: there is none, or the reader may not see its property, and must not learn which.</summary>
    private async Task<TryRun?> FindAsync(HttpContext context, string id)
    {
        if (tries.Find(id) is { } run && context.Caller().Scope.Has(run.Request.Property))
            return run;
        await frames.MissingAsync(context, Missing);
        return null;
    }

    private Task WriteAsync(HttpContext context, int status, FormState state)
    {
        var (caller, current) = (context.Caller(), rules.Pipeline);
        var runs = tries.Latest.Where(run => caller.Scope.Has(run.Request.Property)).Select(run => TriedRun.Of(run, caller.Scope));
        return frames.Renderer.WriteAsync<TryPage>(context, status, new()
        {
            ["Frame"] = frames.Of(context, "Try options") with { IsOfIncidents = false },
            ["State"] = state,
            ["Runs"] = runs.ToList(),
            ["WhyNot"] = tries.WhyNot,
            ["Options"] = TriedOptions.All.Select(entry => new TriableOption(
                entry.Key, TriedOptions.Text(entry, current), entry.Bounds, entry.Meaning)).ToList(),
        });
    }
}
