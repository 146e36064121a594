using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>What is known of one property.</summary>
internal sealed class PropertyState(byte[] name, ulong hash) : KeyState(name, hash)
{
    /// <summary>Where error types beyond the bound are counted together.</summary>
    public static ReadOnlySpan<byte> OtherType => "other"u8;

    public int ErrorTypes { get; private set; }

    /// <summary>The latest of its series' <see cref="ErrorSeries.TitlesRestartAt"/>.</summary>
    public long TitlesRestartAt { get; set; } = long.MinValue;

    public void Add(ErrorSeries series)
    {
        ErrorTypes++;
        Append(series);
    }

    public static PropertyState Load(StateReader reader)
    {
        var property = new PropertyState(reader.Bytes(), reader.UInt64()) { IsSaved = true };
        property.LoadHistory(reader, null);
        for (var series = property.FirstSeries; series is not null; series = series.Next)
        {
            property.ErrorTypes++;
            property.TitlesRestartAt = Math.Max(property.TitlesRestartAt, series.TitlesRestartAt);
        }

        return property;
    }
}
