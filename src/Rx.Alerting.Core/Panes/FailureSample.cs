using System.Text;

namespace Rx.Alerting.Core.Panes;

/// <summary>What one failed view of a pane said: of several, the latest. Borrowed from the pane.</summary>
/// <param name="pane">Has the texts; null: no view of the pane has failed.</param>
/// <param name="error">Index of the errors in the pane.</param>
internal readonly struct FailureSample(Pane? pane, int error)
{
    /// <summary>What the player said; null where it said nothing.</summary>
    public string? Message => pane is null ? null : Text(pane, pane.Error(error).Message);

    /// <summary>The title of the video; null where the view had none.</summary>
    public string? VideoTitle => pane is null ? null : Text(pane, pane.Error(error).VideoTitle);

    private static string? Text(Pane pane, in TextSlot slot) => slot.Length > 0 ? Encoding.UTF8.GetString(pane.Text(slot.Range)) : null;
}
