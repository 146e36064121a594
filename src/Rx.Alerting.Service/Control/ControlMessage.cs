using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Service.Control;

/// <summary>Makes requests of control messages: JSON objects, the same over HTTP, RabbitMQ and the command line.</summary>
/// <remarks>docs/control.md describes them. To add a type, add it to <see cref="Types"/>.</remarks>
internal static class ControlMessage
{
    /// <summary>The largest message.</summary>
    public const int MaximumBytes = 64 << 10;

    /// <summary>Reads what a type has besides <c>id</c>, <c>by</c> and <c>type</c>.</summary>
    private delegate ControlAction Make(string id, string by, ControlMembers members);

    private static readonly Dictionary<string, Make> Types = new(StringComparer.Ordinal)
    {
        ["acknowledge"] = (id, by, members) =>
            new StreamAction(new AcknowledgeCommand(id, by, members.Name("incident_id"), members.Note())),
        ["close"] = (id, by, members) => new StreamAction(new CloseCommand(id, by, members.Name("incident_id"), members.Note())),
        ["silence"] = Silence,
        ["unsilence"] = (id, by, members) =>
            new StreamAction(new ExpireSilenceCommand(id, by, members.Name("silence_id"), members.Note())),
        ["maintenance"] = Maintenance,
        ["end-maintenance"] = (id, by, members) =>
            new StreamAction(new EndMaintenanceCommand(id, by, members.Name("maintenance_id"), members.Note())),
        ["set-options"] = (id, by, members) =>
            new StreamAction(new SetOptionsCommand(id, by, members.Options("options"), members.OptionalComment())),
        ["forget"] = Forget,
        ["pause"] = (id, by, members) => new StreamAction(new PauseCommand(id, by, members.OptionalComment())),
        ["resume"] = (id, by, members) => new StreamAction(new ResumeCommand(id, by, members.OptionalComment())),
        ["dump-error-rates"] = (id, by, members) => new DumpAction(new(id, by, DumpKind.ErrorRates)
        {
            Filter = new(members.OptionalName("property"), members.OptionalName("title"), members.OptionalName("error_type")),
        }),
        ["dump-incidents"] = (id, by, members) => new DumpAction(new(id, by, DumpKind.Incidents) { All = members.Flag("all") }),
        ["retry-notifications"] = (_, _, members) => new RetryAction(members.OptionalName("channel")),
        ["status"] = (_, _, _) => new StatusAction(),
        ["checkpoint"] = (_, _, _) => new CommitAction(),
    };

    /// <summary>Understands a message.</summary>
    /// <param name="body">Whatever somebody has sent.</param>
    /// <param name="otherId">The id of a message that has none in its body. Null: then it is at fault.</param>
    /// <param name="faults">Every fault; empty if there is none.</param>
    /// <param name="actor">Who sends it, if that is known: then <c>by</c> says nothing, and may be missing.</param>
    /// <param name="given">Members that the message must not have, because it came with them. Null: none.</param>
    /// <param name="bounds">Of the service that is to execute it. Null: that is another one, which looks at them itself.</param>
    /// <returns>Null if there is a fault.</returns>
    public static ControlRequest? Parse(
        ReadOnlyMemory<byte> body,
        string? otherId,
        out IReadOnlyList<ControlFault> faults,
        string? actor = null,
        IReadOnlyDictionary<string, string>? given = null,
        ControlOptions? bounds = null)
    {
        if (body.Length > MaximumBytes)
        {
            faults = [new(ControlFault.Body, $"has {body.Length} bytes, must have at most {MaximumBytes}")];
            return null;
        }

        try
        {
            using var document = JsonDocument.Parse(body);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return Parse(new ControlMembers(document.RootElement, given), otherId, actor, bounds, out faults);
            faults = [new(ControlFault.Body, "must be a JSON object")];
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            faults = [new(ControlFault.Body, $"is not JSON: {broken.Message.Split(" LineNumber:")[0]}")];
        }

        return null;
    }

    private static ControlRequest? Parse(
        ControlMembers members, string? otherId, string? actor, ControlOptions? bounds, out IReadOnlyList<ControlFault> faults)
    {
        var id = (otherId is null || members.Has("id") ? members.Name("id") : members.OptionalName("id")) ?? otherId!;
        var named = actor is null ? members.Name("by") : members.OptionalName("by");
        var by = actor ?? named!;
        var type = members.Name("type");
        var make = Types.GetValueOrDefault(type);
        if (make is null && type.Length > 0)
            members.Fault("type", $"is “{type}”, must be one of {string.Join(", ", Types.Keys)}");
        if (id.Length > ControlMembers.LongestName)
            members.Fault("id", $"must have 1 to {ControlMembers.LongestName} characters");
        var action = make?.Invoke(id, by, members);
        if (action is StreamAction { Command: var command })
            members.Check(command, bounds);
        faults = members.Faults(tellsUnknown: action is not null);
        return faults.Count > 0 ? null : new ControlRequest(id, type, by, action!);
    }

    private static StreamAction Silence(string id, string by, ControlMembers members)
    {
        members.CheckAddress("id", id);
        var silence = new SilenceCommand(id, by, members.Matcher(), members.Comment("comment"))
        {
            StartsAt = members.Time("starts_at"),
            EndsAt = members.Time("ends_at"),
            Duration = members.Span("duration"),
        };
        if (members.Has("ends_at") == members.Has("duration"))
            members.Fault("duration", "or ends_at must be given, and not both");
        return new StreamAction(silence);
    }

    private static StreamAction Forget(string id, string by, ControlMembers members) => new(new ForgetCommand(
        id,
        by,
        members.Name("property"),
        members.OptionalName("title"),
        members.OptionalName("error_type"),
        members.OptionalComment()));

    private static StreamAction Maintenance(string id, string by, ControlMembers members)
    {
        members.CheckAddress("id", id);
        return new StreamAction(new MaintenanceCommand(
            id,
            by,
            members.Matcher(),
            members.Name("cron"),
            members.Name("time_zone"),
            members.Span("duration", isNeeded: true) ?? default,
            members.Comment("comment"))
        {
            Until = members.Time("until"),
        });
    }
}
