using System.Text;

namespace Rx.Alerting.Core.Panes;

/// <summary>The texts of the latest failed view of a key in a pane. Borrowed from the pane.</summary>
/// <param name="pane">Has the texts. Null if no view of the key has failed in the pane.</param>
/// <param name="error">Index of the key's errors in the pane.</param>
internal readonly struct FailureSample(Pane? pane, int error)
{
    /// <summary>The player's error message. Null if there was none.</summary>
    public string? Message => pane is null ? null : Text(pane, pane.Error(error).Message);

    /// <summary>The title of the video. Null if the view had none.</summary>
    public string? VideoTitle => pane is null ? null : Text(pane, pane.Error(error).VideoTitle);

    private static string? Text(Pane pane, in TextSlot slot) =>
        slot.Length > 0 ? Encoding.UTF8.GetString(pane.Text(slot.Range)) : null;
}
