namespace Rx.Alerting.Service.Forms;

/// <summary>What forms of a page need to know of who reads it.</summary>
public sealed class FormContext(Func<string?> issue)
{
    private readonly Lazy<string?> token = new(issue);

    /// <summary>Of pages without forms.</summary>
    public static FormContext None { get; } = new(() => null);

    /// <summary>Whether the reader may decide about incidents.</summary>
    public bool MayDecide { get; init; }

    /// <summary>Whether the reader sees all properties.</summary>
    public bool SeesAll { get; init; }

    /// <summary>Who the reader is, as commands are told. Null: not known, so forms ask for a name.</summary>
    public string? By { get; init; }

    /// <summary>The name that the reader has typed into an earlier form. Null: none.</summary>
    public string? Typed { get; init; }

    /// <summary>What the reader's latest form has come to. Null: the reader comes from elsewhere.</summary>
    public FormOutcome? Outcome { get; init; }

    /// <summary>Whether the page is the answer to a posted form: then it must stay as it is.</summary>
    public bool IsAnswer { get; init; }

    /// <summary>The token that forms send. Null: the store does not give the keys, so no form can be sent.</summary>
    public string? Token => token.Value;
}
