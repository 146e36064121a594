namespace Rx.Alerting.Core.Views;

/// <summary>A part of the UTF-8 text of a <see cref="ViewBatch"/>, in bytes. An empty range means: not given.</summary>
public readonly record struct TextRange(int Offset, int Length)
{
    public bool IsEmpty => Length == 0;
}
