using System.Collections.Concurrent;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Forms;

/// <summary>Takes the form that tries a channel: people see whether the receiver takes a message that says that it is a test.</summary>
internal sealed class ChannelTests(
    Settings settings,
    PageFrames frames,
    FormReader reader,
    FormOutcomes outcomes,
    LatestCommands commands,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<ChannelTests> log)
{
    /// <summary>The address that takes the form, and the name under which it is noted.</summary>
    public const string Path = "/notifications/test", Type = "test-notifications";

    /// <summary>The least time between two tests of a channel: they are messages to people.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, long> begun = new(StringComparer.Ordinal);

    public async Task TestAsync(HttpContext context)
    {
        if (await reader.ReadAsync(context, NotificationForms.Path) is not { } state)
            return;
        var caller = context.Caller();
        if (!caller.Scope.IsAll)
        {
            await Problem.Of(ProblemKind.Forbidden, $"A channel is for more than the properties of “{caller.Name}”.")
                .ExecuteAsync(context);
            return;
        }

        var (name, by) = (state.Value("channel").Trim(), caller.IsKnown ? caller.Name : state.Value(CommandForm.By).Trim());
        if (Fault(name, by) is { } fault)
        {
            await RefuseAsync(context, StatusCodes.Status400BadRequest, fault);
            return;
        }

        var now = clock.GetTimestamp();
        if (begun.AddOrUpdate(name, now, (_, last) => clock.GetElapsedTime(last, now) < Pause ? last : now) != now)
        {
            await RefuseAsync(
                context, StatusCodes.Status429TooManyRequests, $"{name} was tested a moment ago. Wait {Pause.TotalSeconds:0} seconds.");
            return;
        }

        var steps = new List<ChannelTestStep>();
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, lifetime.ApplicationStopping);
        try
        {
            await foreach (var step in ChannelTest.RunAsync(name, settings, clock, log, end.Token))
                steps.Add(step);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            Note(by, name, isDone: false, "it was broken off: the receiver may have it");
            if (!context.RequestAborted.IsCancellationRequested)
                await RefuseAsync(context, StatusCodes.Status503ServiceUnavailable, "The service stops. The receiver may have the test.");
            return;
        }

        var isDelivered = steps.TrueForAll(step => step.IsDelivered);
        var said = string.Join("; ", steps.Select(step => $"{step.Event.ToString().ToLowerInvariant()}: {step.Words}"));
        Note(by, name, isDelivered, said);
        var text = isDelivered ? $"{name} has taken the test ({said})." : $"{name} has not taken the test ({said}).";
        await outcomes.Lead(context, NotificationForms.Path, new(isDelivered, text)).ExecuteAsync(context);
    }

    private string? Fault(string name, string by) =>
        !settings.Channels.All.ContainsKey(name) ? $"There is no channel “{IncidentWords.Cut(IncidentWords.Printable(name), 100)}”."
        : by.Length is 0 or > ControlMembers.LongestName ? $"“{FormLabels.Of(CommandForm.By)}” must be given."
        : null;

    /// <summary>Who tests a channel sends messages to others, so it is noted.</summary>
    private void Note(string by, string name, bool isDone, string said)
    {
        RunLog.ChannelTested(log, name, by, said);
        commands.Take(Type, by, isDone ? "done" : "failed", isDone, $"{name}: {said}");
    }

    private Task RefuseAsync(HttpContext context, int status, string reason)
    {
        var frame = frames.Of(context, "Not done") with { Path = NotificationForms.Path };
        return frames.Renderer.WriteAsync<RefusedPage>(
            context, status, new() { ["Frame"] = frame, ["Reason"] = reason, ["Back"] = NotificationForms.Path });
    }
}
