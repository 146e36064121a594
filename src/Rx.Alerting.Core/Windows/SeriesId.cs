namespace Rx.Alerting.Core.Windows;

/// <summary>Names a series: one error type of one property or title. It tells nothing of what the series holds.</summary>
internal readonly record struct SeriesId
{
    internal SeriesId(ErrorSeries series) => Target = series;

    /// <summary>For <see cref="WindowState"/> alone: the series changes from pane to pane.</summary>
    internal ErrorSeries Target { get; }

    public bool IsTitle => Target.Parent is not null;

    /// <summary>Name of the property, in UTF-8.</summary>
    public byte[] Property => Target.Property.Name;

    /// <summary>Hash of <see cref="Property"/>.</summary>
    public ulong PropertyHash => Target.Property.Hash;

    /// <summary>Name of the title, in UTF-8; null in a property's own series.</summary>
    public byte[]? Title => IsTitle ? Target.Key.Name : null;

    /// <summary>Name of the error type, in UTF-8.</summary>
    public byte[] ErrorType => Target.Type;

    /// <summary>Hash of <see cref="ErrorType"/>.</summary>
    public ulong ErrorTypeHash => Target.TypeHash;

    /// <summary>The series of the same error type in the title's property; null in a property's own series.</summary>
    public SeriesId? OfProperty => Target.Parent is { } parent ? new(parent) : null;
}
