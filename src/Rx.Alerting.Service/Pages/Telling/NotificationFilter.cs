using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Service.Pages.Telling;

/// <summary>Which notifications the list shows: all of it is in the address, so it can be linked.</summary>
public sealed record NotificationFilter
{
    public const string Path = "/notifications";

    /// <summary>Notifications that are shown at most.</summary>
    public const int Most = 100;

    private const int MostLetters = 200;

    /// <summary>The channel's name. Empty: all.</summary>
    public string Channel { get; init; } = string.Empty;

    /// <summary>What has become of them. Null: whatever.</summary>
    public NotificationFate? Fate { get; init; }

    /// <summary>What could not be understood, and is not looked at, as sentences.</summary>
    public IReadOnlyList<string> Faults { get; init; } = [];

    public bool IsNarrow => Channel.Length > 0 || Fate is not null;

    public static NotificationFilter Parse(IQueryCollection query)
    {
        var (channel, fate) = (Word(query, "channel"), Word(query, "fate"));
        NotificationFate? known = Enum.TryParse<NotificationFate>(fate, ignoreCase: true, out var one) && Name(one) == fate ? one : null;
        return new()
        {
            Channel = channel,
            Fate = known,
            Faults = fate.Length > 0 && known is null
                ? [$"fate must be one of {string.Join(", ", Enum.GetValues<NotificationFate>().Select(Name))}."]
                : [],
        };
    }

    /// <summary>The name of a value in an address.</summary>
    public static string Name(NotificationFate fate) => fate.ToString().ToLowerInvariant();

    public bool Matches(Told told) => (Channel.Length == 0 || told.Channel == Channel) && (Fate is null || FateOf(told) == Fate);

    /// <summary>What has become of a notification.</summary>
    public static NotificationFate FateOf(Told told) => told switch
    {
        { Outcome: null, Attempts: 0 } => NotificationFate.Waiting,
        { IsTold: true } => NotificationFate.Told,
        { IsFailed: true } => NotificationFate.Failed,
        _ => NotificationFate.Left,
    };

    private static string Word(IQueryCollection query, string name) =>
        query[name] is [{ } text, ..] ? IncidentWords.Cut(text.Trim(), MostLetters) : string.Empty;
}

/// <summary>What has become of a notification.</summary>
public enum NotificationFate
{
    /// <summary>The receiver has it.</summary>
    Told,

    /// <summary>It fails, or was given up.</summary>
    Failed,

    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It was not to be told, such as a part of what is told: see <see cref="NotificationOutcome"/>.</summary>
    Left,
}
