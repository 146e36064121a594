using Microsoft.AspNetCore.Http.Features;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api.Described;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Api;

/// <summary>The address at which changes of incidents are told as they come: server-sent events.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Event</term><description>Meaning</description></listheader>
/// <item><term><c>begin</c></term><description>The first one, where no id was given: what comes is behind this id.</description></item>
/// <item><term><c>incidents</c></term><description>Incidents have changed.</description></item>
/// <item><term><c>reset</c></term><description>Changes are missing: ask for all incidents again.</description></item>
/// </list>
/// </remarks>
internal static class EventEndpoints
{
    public const string Path = "/api/v1/events";

    private const string ContentType = "text/event-stream";

    /// <summary>So that proxies, and listeners, notice a connection that is gone.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    /// <summary>Time for this process to read what another one has told the listener: several readings of the board.</summary>
    private static readonly TimeSpan Behind = TimeSpan.FromSeconds(2);

    private static readonly byte[] Beat = ": heartbeat\n\n"u8.ToArray();
    private static readonly byte[] Retry = "retry: 2000\n\n"u8.ToArray();

    public static void MapEvents(this IEndpointRouteBuilder routes)
    {
        var streams = ActivatorUtilities.CreateInstance<EventStreams>(routes.ServiceProvider);
        routes.MapMethods(Path, ReadMethods.All, (Delegate)((HttpContext context) => streams.ServeAsync(context)))
            .Describe<string>(Operations.ListenToEvents, ContentType)
            .Needs(AccessRole.Reader);
    }

    private sealed class EventStreams(
        EventLog log, BoardMirror board, Tokens tokens, Settings settings, IHostApplicationLifetime lifetime, TimeProvider clock)
    {
        private readonly EventPlaces places = new(settings.Http.MaximumEventStreams);

        public async Task ServeAsync(HttpContext context)
        {
            var asked = new AskedEvents(context.Request);
            if (asked.Faults.Count > 0)
            {
                await Problem.Of(ProblemKind.WrongParameters, asked.Faults).ExecuteAsync(context);
                return;
            }

            if (HttpMethods.IsHead(context.Request.Method))
            {
                context.Response.ContentType = ContentType; // What a listener would get. There is nothing to wait for.
                return;
            }

            var caller = context.CallerKey();
            if (places.TryTake(caller) is { } full)
            {
                context.Response.Headers.RetryAfter = "10";
                await Problem.Of(ProblemKind.TooManyStreams, full).ExecuteAsync(context);
                return;
            }

            using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
            try
            {
                await ListenAsync(context, asked.LastId, end.Token);
            }
            catch (OperationCanceledException) when (end.IsCancellationRequested)
            {
                // The listener has gone, or the service stops: the stream just ends, and listeners come again with their latest id.
            }
            finally
            {
                places.Free(caller);
            }
        }

        private async Task ListenAsync(HttpContext context, string? asked, CancellationToken end)
        {
            var since = EventId.Parse(asked);
            var isLost = asked is not null && since is null;
            var response = context.Response;
            response.ContentType = ContentType;
            response.Headers.CacheControl = "no-store";
            response.Headers["X-Accel-Buffering"] = "no"; // Else nginx keeps events back.
            context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
            var body = response.BodyWriter;
            var visible = new VisibleIncidents(board, context.Caller().Scope);
            await body.WriteAsync(Retry, end);
            // At a pace of their own: a heartbeat that others' changes put off would tell of them.
            using var pace = new PeriodicTimer(Heartbeat, clock);
            var beat = pace.WaitForNextTickAsync(end).AsTask();
            var patience = Task.Delay(Behind, clock, end);
            while (log.Read(since) is { IsAhead: true } early && !patience.IsCompleted)
                await Task.WhenAny(early.Next, patience);
            while (true)
            {
                var reading = log.Read(since);
                if (reading.Position is { } position)
                {
                    if (reading.IsReset || isLost)
                        await body.WriteAsync(IncidentEvent.Encode(position, "reset", "{}"), end);
                    else if (since is null)
                        await body.WriteAsync(IncidentEvent.Encode(position, "begin", "{}"), end);
                    foreach (var told in reading.Events.Select(one => one.For(visible, since)).Where(told => !told.IsEmpty))
                        await body.WriteAsync(told, end);
                    (since, isLost) = (position, false);
                }

                await Task.WhenAny(reading.Next, beat);
                end.ThrowIfCancellationRequested();
                if (!await IsStillKnownAsync(context, end))
                    return; // Whoever listens comes again, and is refused.
                if (!beat.IsCompleted)
                    continue;
                await body.WriteAsync(Beat, end);
                beat = pace.WaitForNextTickAsync(end).AsTask();
            }
        }

        /// <summary>Whether the token has neither been revoked nor expired, and the login goes on.</summary>
        private async ValueTask<bool> IsStillKnownAsync(HttpContext context, CancellationToken end) =>
            !(context.Caller().Until <= clock.GetUtcNow())
            && (context.Features.Get<TokenGrant>() is not { } grant || await tokens.HoldsAsync(grant, end));
    }
}
