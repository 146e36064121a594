using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// Counts of one key in one pane. A property's cell counts all its views, with and without a title; a title's cell
/// points to its property's. 32 bytes: two fit a cache line.
/// </summary>
internal struct PaneCell
{
    /// <summary>Hash of <see cref="Name"/>.</summary>
    public ulong NameHash;

    /// <summary>The name of the title, or of the property in a property's cell.</summary>
    public TextRange Name;

    /// <summary>Index of the property's cell; in that cell, its own.</summary>
    public int Property;

    public int Views;

    /// <summary>Index of the key's first <see cref="PaneError"/>, or -1.</summary>
    public int FirstError;

    /// <summary>Next cell in the same bucket, or -1.</summary>
    public int Next;

    public readonly bool IsProperty(int index) => Property == index;
}
