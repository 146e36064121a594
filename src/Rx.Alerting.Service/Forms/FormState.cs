namespace Rx.Alerting.Service.Forms;

/// <summary>What somebody has typed into a form, and what is wrong with it.</summary>
/// <param name="Id">The id of the command that the form sends. Sent twice, the command does nothing twice.</param>
/// <param name="Values">By field, as it was typed.</param>
public sealed record FormState(string Id, IReadOnlyDictionary<string, string> Values)
{
    private static readonly Dictionary<string, string> Nothing = [];

    /// <summary>What is wrong, by field: a clause whose subject is the field.</summary>
    public IReadOnlyDictionary<string, string> Faults { get; init; } = Nothing;

    /// <summary>Why nothing is known to be done, as a sentence. Null: nothing was sent yet, or fields are at fault.</summary>
    public string? Problem { get; init; }

    /// <summary>Whether sending it again, as it is, is the thing to do.</summary>
    public bool IsToBeSentAgain { get; init; }

    /// <summary>A form that nobody has filled in.</summary>
    public static FormState New(params IEnumerable<KeyValuePair<string, string>> values) =>
        new(Guid.NewGuid().ToString(), values.ToDictionary(StringComparer.Ordinal));

    public string Value(string field) => Values.GetValueOrDefault(field, string.Empty);

    public string? Fault(string field) => Faults.GetValueOrDefault(field);
}
