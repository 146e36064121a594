using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Control;

/// <summary>A command that this process has answered.</summary>
/// <param name="At">When, by this machine's clock.</param>
/// <param name="Id">Chosen by the sender.</param>
/// <param name="Type">As the message names it: <c>silence</c>.</param>
/// <param name="By">Who has sent it.</param>
/// <param name="Outcome">What has become of it, in words.</param>
/// <param name="IsDone">Whether it has taken effect, or there was nothing to do.</param>
/// <param name="Reason">A sentence; null: there is nothing to say.</param>
public sealed record AnsweredCommand(
    DateTimeOffset At, string Id, string Type, string By, string Outcome, bool IsDone, string? Reason);

/// <summary>Remembers the latest commands, for people. Questions for the status are left out. Thread-safe.</summary>
internal sealed class LatestCommands(TimeProvider clock)
{
    private const int Kept = 50;

    private readonly Lock gate = new();
    private readonly LinkedList<AnsweredCommand> latest = [];

    /// <summary>The latest first.</summary>
    public IReadOnlyList<AnsweredCommand> Latest
    {
        get
        {
            lock (gate)
                return [.. latest];
        }
    }

    public void Take(ControlRequest request, ControlReply reply)
    {
        if (request.Action is StatusAction)
            return;
        var reasons = reply.Pipelines.Select(pipeline => pipeline.Reason).Prepend(reply.Reason).OfType<string>().Distinct().ToList();
        Add(new(
            clock.GetUtcNow(),
            IncidentWords.Printable(request.Id),
            IncidentWords.Printable(request.Type),
            IncidentWords.Printable(request.By),
            Words(reply.Status),
            reply.Status <= ReplyStatus.AlreadySo,
            reasons.Count == 0 ? null : IncidentWords.Printable(string.Join("; ", reasons.Take(3)))));
    }

    /// <summary>Something that a person has this process do, and no pipeline.</summary>
    public void Take(string type, string by, string outcome, bool isDone, string? reason) => Add(new(
        clock.GetUtcNow(), string.Empty, type, IncidentWords.Printable(by), outcome, isDone,
        reason is null ? null : IncidentWords.Printable(reason)));

    private void Add(AnsweredCommand answered)
    {
        lock (gate)
        {
            latest.AddFirst(answered);
            if (latest.Count > Kept)
                latest.RemoveLast();
        }
    }

    private static string Words(ReplyStatus status) => status switch
    {
        ReplyStatus.Done => "done",
        ReplyStatus.AlreadySo => "was so already",
        ReplyStatus.Refused => "refused",
        ReplyStatus.Running => "goes on",
        ReplyStatus.Unconfirmed => "not confirmed: it may have taken effect",
        _ => "not understood",
    };
}
