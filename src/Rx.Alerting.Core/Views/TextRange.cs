namespace Rx.Alerting.Core.Views;

/// <summary>A piece of the text of a <see cref="ViewBatch"/>, UTF-8, in bytes. Empty means: not given.</summary>
public readonly record struct TextRange(int Offset, int Length)
{
    public bool IsEmpty => Length == 0;
}
