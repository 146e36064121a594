namespace Rx.Alerting.Core.Dumps;

/// <summary>What a dump has rows of.</summary>
public enum DumpKind
{
    /// <summary>A row for each error type of each property and title.</summary>
    ErrorRates,

    /// <summary>A row for each incident.</summary>
    Incidents,
}

/// <summary>A command that asks for a dump.</summary>
/// <param name="CommandId">Chosen by the sender. A command that comes again with its id dumps nothing again.</param>
/// <param name="By">Who asks.</param>
/// <param name="Kind">What to dump.</param>
public sealed record DumpRequest(string CommandId, string By, DumpKind Kind)
{
    /// <summary>Of error rates: which rows.</summary>
    public DumpFilter Filter { get; init; } = new();

    /// <summary>Of incidents: also those that are not open.</summary>
    public bool All { get; init; }

    /// <summary>Whether both are the same but for who has sent them.</summary>
    public bool IsSameAs(DumpRequest other) => this with { By = other.By } == other;

    /// <summary>The type of the command.</summary>
    public string Type => Kind == DumpKind.ErrorRates ? "dump-error-rates" : "dump-incidents";
}
