using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Panes;

/// <summary>
/// Counts of one key in one pane. A property's cell counts all views of the property, with and without a title. 32 bytes, so two cells fit
/// a cache line.
/// </summary>
internal struct PaneCell
{
    /// <summary>Hash of <see cref="Name"/>.</summary>
    public ulong NameHash;

    /// <summary>The name of the title; in a property's cell, the name of the property.</summary>
    public TextRange Name;

    /// <summary>Index of the property's cell. A property's cell has its own index.</summary>
    public int Property;

    public int Views;

    /// <summary>Index of the key's first <see cref="PaneError"/>, or -1.</summary>
    public int FirstError;

    /// <summary>Index of the next cell in the same bucket, or -1.</summary>
    public int Next;

    public readonly bool IsProperty(int index) => Property == index;
}
