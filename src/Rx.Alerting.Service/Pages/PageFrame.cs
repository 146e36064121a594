using Rx.Alerting.Service.Forms;

namespace Rx.Alerting.Service.Pages;

/// <summary>What all pages have.</summary>
/// <param name="Title">In the title of the window.</param>
/// <param name="Times">How times are shown.</param>
/// <param name="State">How far what is shown can be trusted.</param>
/// <param name="EventId">Changes up to this event are on the page. Null: the incidents have not been read yet.</param>
/// <param name="Path">The address of the page, without its query.</param>
/// <param name="Query">The parameters of the address.</param>
public sealed record PageFrame(
    string Title,
    PageTimes Times,
    DataState State,
    string? EventId,
    string Path,
    IReadOnlyList<KeyValuePair<string, string>> Query)
{
    /// <summary>What the page's forms need to know.</summary>
    public FormContext Forms { get; init; } = FormContext.None;

    /// <summary>Why the time zone that was asked for is not taken, as a sentence. Null: it is, or none was.</summary>
    public string? ZoneFault { get; init; }

    /// <summary>The silences that the reader may see.</summary>
    public SilencesInForce Silences { get; init; } = SilencesInForce.None;

    /// <summary>Who has logged in. Null: nobody, so nobody can log out.</summary>
    public string? LoggedIn { get; init; }

    /// <summary>After how many seconds a page that is live asks again by itself, also without a change of an incident.</summary>
    public int RefreshSeconds { get; init; } = 30;

    /// <summary>After how many seconds a browser without scripts loads the page again. Null: when somebody wants it.</summary>
    public int? ReloadSeconds { get; init; }

    /// <summary>Whether it also asks again when an incident changes.</summary>
    public bool IsOfIncidents { get; init; } = true;
}
