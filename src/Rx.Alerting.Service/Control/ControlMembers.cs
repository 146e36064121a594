using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Control;

/// <summary>Reads the members of a control message, and collects every fault. A member that nobody has asked for is a fault, too.</summary>
internal sealed class ControlMembers
{
    /// <summary>The most characters of a name, such as an id.</summary>
    public const int LongestName = 500;

    /// <summary>The most characters of a note or comment.</summary>
    public const int LongestText = 2000;

    private readonly Dictionary<string, JsonElement> members = new(StringComparer.Ordinal);
    private readonly IReadOnlyDictionary<string, string> given;
    private readonly HashSet<string> known = new(StringComparer.Ordinal);
    private readonly List<ControlFault> faults = [];

    /// <param name="message">An object.</param>
    /// <param name="given">Members that the message must not have, because it came with them.</param>
    public ControlMembers(JsonElement message, IReadOnlyDictionary<string, string>? given = null)
    {
        this.given = given ?? new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in message.EnumerateObject())
        {
            if (this.given.ContainsKey(member.Name))
                Fault(member.Name, "must not be given here: the address, or a header, says it");
            else if (!members.TryAdd(member.Name, member.Value))
                Fault(member.Name, "is given twice");
        }
    }

    public bool Has(string member) =>
        given.ContainsKey(member) || (members.TryGetValue(member, out var value) && value.ValueKind != JsonValueKind.Null);

    public void Fault(string member, string problem)
    {
        if (!faults.Exists(fault => fault.Member == member && fault.Problem == problem))
            faults.Add(new(member, problem));
    }

    /// <summary>Looks for faults of the command that the members make. A fault of a member that could not be read is none.</summary>
    /// <param name="command">Made of the members.</param>
    /// <param name="bounds">Null: they are not known here.</param>
    public void Check(ControlCommand command, ControlOptions? bounds)
    {
        var unread = faults.Select(fault => fault.Member).ToHashSet(StringComparer.Ordinal);
        foreach (var fault in CommandFaults.Of(command, bounds))
        {
            if (!unread.Contains(fault.Member) && !fault.Others.Any(unread.Contains))
                Fault(fault.Member, fault.Problem);
        }
    }

    /// <summary>Looks whether a name can stand in an address. The API takes an escaped slash for a slash.</summary>
    public void CheckAddress(string member, string name)
    {
        if (name is "." or ".." || name.Any(char.IsControl) || name.Contains("%2F", StringComparison.OrdinalIgnoreCase))
            Fault(member, "becomes part of an address, so it must not be . or .., nor have %2F or a control character");
    }

    /// <summary>A name that must be there; empty where it is at fault.</summary>
    public string Name(string member) => Text(member, LongestName, isNeeded: true) ?? string.Empty;

    /// <summary>A name that may be missing.</summary>
    public string? OptionalName(string member) => Text(member, LongestName, isNeeded: false);

    /// <summary>A text for people that must be there; empty where it is at fault.</summary>
    public string Comment(string member) => Text(member, LongestText, isNeeded: true) ?? string.Empty;

    /// <summary>A text for people that may be missing.</summary>
    public string? Note() => Text("note", LongestText, isNeeded: false);

    /// <summary>A text for people that may be missing.</summary>
    public string? OptionalComment() => Text("comment", LongestText, isNeeded: false);

    /// <summary>Options by key, and their values as options are written; null: as it is configured.</summary>
    public IReadOnlyList<KeyValuePair<string, string?>> Options(string member)
    {
        known.Add(member);
        if (!Has(member) || members[member].ValueKind != JsonValueKind.Object)
        {
            Fault(member, "must be given, an object with options such as \"Detection:MinimumErrors\": 7");
            return [];
        }

        var options = members[member].EnumerateObject().Select(option => KeyValuePair.Create(option.Name, Value(option.Value))).ToList();
        foreach (var (key, problem) in AdjustableOptions.Faults(typeof(PipelineOptions), options))
            Fault(key, problem);
        return options;
    }

    /// <summary>Which incidents: at least one of property, title and error type, where <c>*</c> is any.</summary>
    public IncidentMatcher Matcher()
    {
        var matcher = new IncidentMatcher(OptionalName("property"), OptionalName("title"), OptionalName("error_type"));
        if (!Has("property") && !Has("title") && !Has("error_type"))
            Fault("property", "or title or error_type must be given, where * is any");
        return matcher;
    }

    /// <summary>Yes or no; no if it is missing.</summary>
    public bool Flag(string member)
    {
        known.Add(member);
        if (!Has(member))
            return false;
        if (members[member].ValueKind is not (JsonValueKind.True or JsonValueKind.False))
            Fault(member, "must be true or false");
        return members[member].ValueKind == JsonValueKind.True;
    }

    public TimeSpan? Span(string member, bool isNeeded = false)
    {
        if (Text(member, LongestName, isNeeded) is not { } text)
            return null;
        if (Duration.TryParse(text, out var value))
            return value;
        Fault(member, $"must be {Duration.Notation}");
        return null;
    }

    public DateTimeOffset? Time(string member)
    {
        if (Text(member, LongestName, isNeeded: false) is not { } text)
            return null;
        var isZoned = text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-' && text[^3] == ':');
        if (isZoned && members[member].TryGetDateTimeOffset(out var time))
            return time;
        Fault(member, "must be a time with its offset, such as 2026-11-25T08:00:00Z");
        return null;
    }

    /// <summary>Every fault, after all members have been asked for.</summary>
    /// <param name="tellsUnknown">Whether members that nobody has asked for are faults.</param>
    public IReadOnlyList<ControlFault> Faults(bool tellsUnknown)
    {
        if (tellsUnknown)
        {
            var expected = string.Join(", ", known.Where(member => !given.ContainsKey(member)));
            foreach (var unknown in members.Keys.Where(member => !known.Contains(member)))
                Fault(unknown, $"is not a member of this command; there are {expected}");
        }

        return faults;
    }

    private string? Text(string member, int longest, bool isNeeded)
    {
        known.Add(member);
        if (!Has(member))
        {
            if (isNeeded)
                Fault(member, $"must be given, with 1 to {longest} characters");
            return null;
        }

        if ((given.GetValueOrDefault(member) ?? Read(members[member])) is not { } text)
            Fault(member, "must be a text");
        else if (string.IsNullOrWhiteSpace(text) || text.Length > longest)
            Fault(member, $"must have 1 to {longest} characters");
        else
            return text;
        return null;
    }

    /// <summary>The value of an option as options are written. What can be no value stays what it is: it is at fault then.</summary>
    private static string? Value(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True or JsonValueKind.False => OptionText.Of(value.GetBoolean()),
        JsonValueKind.String => Read(value) ?? string.Empty,
        _ => value.GetRawText(),
    };

    /// <summary>Null if it is no text, or has half a character.</summary>
    private static string? Read(JsonElement value)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
