using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>A text of a <see cref="TextArena"/> that may be replaced.</summary>
/// <param name="Offset">Where the text begins, in bytes.</param>
/// <param name="Length">Length of the text, in bytes.</param>
/// <param name="Room">Bytes that belong to the slot.</param>
internal readonly record struct TextSlot(int Offset, int Length, int Room)
{
    public TextRange Range => new(Offset, Length);
}
