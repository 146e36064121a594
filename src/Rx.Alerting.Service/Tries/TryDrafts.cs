using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Forms;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Tries;

/// <summary>Understands the form for a run.</summary>
internal sealed class TryDrafts(RulesInForce rules)
{
    /// <summary>The fields.</summary>
    public const string Property = "property", Last = "last", Learning = "learning", Options = "options";

    private const int LongestName = 100;

    private static readonly TimeSpan Longest = TimeSpan.FromDays(31);

    /// <summary>A form that nobody has filled in, but for what an address has said.</summary>
    public static FormState Begin(IQueryCollection query)
    {
        return FormState.New(
            KeyValuePair.Create(Property, Said(Property) ?? string.Empty),
            KeyValuePair.Create(Last, Said(Last) ?? "3d"),
            KeyValuePair.Create(Learning, Said(Learning) ?? "1d"),
            KeyValuePair.Create(Options, Said(Options) ?? string.Empty));

        string? Said(string name) =>
            query[name] is [{ } text, ..] ? text.Length > CommandForm.LongestField ? text[..CommandForm.LongestField] : text : null;
    }

    /// <param name="state">What was typed.</param>
    /// <param name="caller">Who has sent it.</param>
    /// <param name="wrong">The form with what is wrong; else as it was.</param>
    /// <returns>Null: something is wrong.</returns>
    public TryRequest? Read(FormState state, Caller caller, out FormState wrong)
    {
        var (faults, current) = (new Dictionary<string, string>(StringComparer.Ordinal), rules.Pipeline);
        var (property, by) = (state.Value(Property), caller.IsKnown ? caller.Name : state.Value(CommandForm.By).Trim());
        if (property.Length == 0)
            faults[Property] = "is empty, must be the name of a property";
        else if (!caller.Scope.Has(property))
            faults[Property] = "must be one that you may see";
        if (by.Length is 0 or > LongestName)
            faults[CommandForm.By] = $"has {by.Length} characters, must have 1 to {LongestName}";
        var last = Span(state.Value(Last), TimeSpan.FromMinutes(1), Last, faults);
        var learning = Span(state.Value(Learning), TimeSpan.Zero, Learning, faults);
        var read = TriedOptions.Read(state.Value(Options), current, out var wrongOptions);
        if (wrongOptions.Count > 0)
            faults[Options] = string.Join("; ", wrongOptions);
        wrong = state with { Faults = faults };
        return faults.Count == 0 && read is { } options
            ? new(property, last, learning, options.Changes, current, options.Tried, by)
            : null;
    }

    private static TimeSpan Span(string text, TimeSpan least, string field, Dictionary<string, string> faults)
    {
        if (!Duration.TryParse(text, out var span))
            faults[field] = $"is “{text}”, must be {Duration.Notation}";
        else if (span < least || span > Longest)
            faults[field] = $"is {Duration.Format(span)}, must be from {Duration.Format(least)} to {Duration.Format(Longest)}";
        return span;
    }
}
