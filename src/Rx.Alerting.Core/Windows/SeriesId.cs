namespace Rx.Alerting.Core.Windows;

/// <summary>Names a series: one error type of one property or title. It tells nothing of what the series holds.</summary>
internal readonly record struct SeriesId
{
    internal SeriesId(ErrorSeries series) => Series = series;

    /// <summary>For <see cref="WindowState"/> alone: the series changes while panes are looked at.</summary>
    internal ErrorSeries Series { get; }

    public bool IsTitle => Series.Parent is not null;

    /// <summary>Name of the property, in UTF-8.</summary>
    public byte[] Property => Series.Property.Name;

    /// <summary>Hash of <see cref="Property"/>.</summary>
    public ulong PropertyHash => Series.Property.Hash;

    /// <summary>Name of the title, in UTF-8; null in a property's own series.</summary>
    public byte[]? Title => IsTitle ? Series.Key.Name : null;

    /// <summary>Name of the error type, in UTF-8.</summary>
    public byte[] ErrorType => Series.Type;

    /// <summary>Hash of <see cref="ErrorType"/>.</summary>
    public ulong ErrorTypeHash => Series.TypeHash;

    /// <summary>The series of the same error type in the title's property; null in a property's own series.</summary>
    public SeriesId? OfProperty => Series.Parent is { } parent ? new(parent) : null;
}
