using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Explain;

/// <summary>The dimensions that views are compared by, as columns: the property, the title, and the circumstances.</summary>
/// <remarks>The status of an access log is none: it says whether the view failed, so it would explain every failure by itself.</remarks>
internal static class SliceColumns
{
    public const int Property = 0;

    public const int Title = 1;

    private const int FirstDimension = 2;

    private static readonly Dimension[] Dimensions = Enum.GetValues<Dimension>();

    /// <summary>How many columns there are.</summary>
    public static int Count { get; } = FirstDimension + Dimensions.Length;

    /// <summary>One column more, of failed views only: the title's text for people. Slices do not have it.</summary>
    public static int TitleText => Count;

    public static string NameOf(int column) => column switch
    {
        Property => "property_id",
        Title => "video_id",
        _ => DimensionNames.Of(Dimensions[column - FirstDimension]),
    };

    /// <summary>Finds the values of a view.</summary>
    /// <param name="batch">Has the view.</param>
    /// <param name="view">A view with circumstances.</param>
    /// <param name="ranges">Gets the texts, <see cref="Count"/> + 1 of them; empty: the view does not say.</param>
    /// <param name="hashes">Gets their hashes; 0: the view does not say.</param>
    public static void Read(ViewBatch batch, in View view, Span<TextRange> ranges, Span<ulong> hashes)
    {
        var values = batch.Circumstances[view.Circumstances].Values;
        ranges[Property] = view.Property;
        ranges[Title] = view.Title;
        for (var i = 0; i < Dimensions.Length; i++)
            ranges[FirstDimension + i] = values[(int)Dimensions[i]];
        ranges[TitleText] = view.Failed ? batch.Failures[view.Failure].VideoTitle : default;
        for (var i = 0; i < ranges.Length; i++)
            hashes[i] = ranges[i].IsEmpty ? 0 : Math.Max(1, KeyHash.Of(batch.Bytes(ranges[i])));
    }
}
