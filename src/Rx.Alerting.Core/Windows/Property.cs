using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>What is known of one property.</summary>
internal sealed class Property(byte[] name, ulong hash) : Key(name, hash)
{
    /// <summary>Where error types beyond the bound are counted together.</summary>
    public static ReadOnlySpan<byte> OtherType => "other"u8;

    /// <summary>A property with so many views is taken for real, and not for garbage.</summary>
    private const int EstablishedViews = 100;

    public int ErrorTypes { get; private set; }

    /// <summary>Open incidents of the property and of its titles.</summary>
    public int Holds { get; set; }

    /// <summary>Whether an incident is open. Such a property is never forgotten.</summary>
    public bool IsHeld => Holds > 0;

    /// <summary>Whether it has had so many views that a flood of new properties does not push it out.</summary>
    public bool IsEstablished => Position >= EstablishedViews;

    /// <summary>End of the pane in which it came (ms since the Unix epoch); <see cref="long.MinValue"/>: it was loaded.</summary>
    public long CameAt { get; init; } = long.MinValue;

    /// <summary>One of its titles; the others follow by <see cref="Title.NextOfProperty"/>.</summary>
    public Title? FirstTitle { get; set; }

    /// <summary>The latest of its series' <see cref="PropertySeries.TitlesRestartAt"/>.</summary>
    public long TitlesRestartAt { get; set; } = long.MinValue;

    /// <inheritdoc cref="Key.Find"/>
    public new PropertySeries? Find(ulong typeHash) => (PropertySeries?)base.Find(typeHash);

    public void Add(PropertySeries series)
    {
        ErrorTypes++;
        Append(series);
    }

    /// <summary>Whether <paramref name="views"/> more, from <paramref name="position"/> on, have made it established.</summary>
    public static bool Establishes(long position, int views) => position < EstablishedViews && position + views >= EstablishedViews;

    /// <summary>Forgets error types that no open incident is about.</summary>
    public void Forget(IReadOnlyCollection<ErrorSeries> types) => ErrorTypes -= Remove(types.Contains);

    public static Property Load(StateReader reader)
    {
        var name = reader.Bytes();
        var property = new Property(name, KeyHash.Of(name)) { IsSaved = true };
        property.LoadHistory(reader);
        for (var series = property.FirstSeries; series is not null; series = series.Next)
        {
            property.ErrorTypes++;
            property.TitlesRestartAt = Math.Max(property.TitlesRestartAt, ((PropertySeries)series).TitlesRestartAt);
        }

        return property;
    }

    protected override ErrorSeries LoadSeries(StateReader reader) => PropertySeries.Load(reader, this);
}
