using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Explain;

/// <summary>
/// The dimensions that views are compared by, as columns: the property, the title, the circumstances, and those that somebody has asked
/// for.
/// </summary>
/// <remarks>The status of an access log is none: it says whether the view failed, so it would explain every failure by itself.</remarks>
internal sealed class SliceColumns
{
    public const string PropertyName = "property_id", TitleName = "video_id", TitleTextName = "video_title";

    public const int Property = 0;

    public const int Title = 1;

    private const int FirstDimension = 2;

    private static readonly Dimension[] Dimensions = Enum.GetValues<Dimension>();

    private readonly List<string> names = [PropertyName, TitleName, .. Dimensions.Select(DimensionNames.Of)];

    /// <summary>The column of each further dimension.</summary>
    private readonly int[] furtherColumns;

    /// <param name="further">Those that somebody has asked for. One with the name of another takes its place.</param>
    public SliceColumns(IReadOnlyList<FurtherDimension> further)
    {
        Further = further;
        furtherColumns = new int[further.Count];
        for (var i = 0; i < further.Count; i++)
        {
            furtherColumns[i] = names.IndexOf(further[i].Name);
            if (furtherColumns[i] >= 0)
                continue;
            furtherColumns[i] = names.Count;
            names.Add(further[i].Name);
        }
    }

    public IReadOnlyList<FurtherDimension> Further { get; }

    /// <summary>How many columns there are.</summary>
    public int Count => names.Count;

    /// <summary>One column more, of failed views only: the title's text for people. Slices do not have it.</summary>
    public int TitleText => Count;

    public string NameOf(int column) => names[column];

    /// <summary>Whether views are compared by a field without being asked for.</summary>
    public static bool IsFixed(string field) => field is PropertyName or TitleName or TitleTextName || DimensionNames.TryFind(field, out _);

    /// <summary>Finds the values of a view.</summary>
    /// <param name="batch">Has the view.</param>
    /// <param name="view">A view with circumstances.</param>
    /// <param name="ranges">Gets the texts, <see cref="Count"/> + 1 of them; empty: the view does not say.</param>
    /// <param name="hashes">Gets their hashes; 0: the view does not say.</param>
    public void Read(ViewBatch batch, in View view, Span<TextRange> ranges, Span<ulong> hashes)
    {
        var values = batch.Circumstances[view.Circumstances].Values;
        ranges[Property] = view.Property;
        ranges[Title] = view.Title;
        for (var i = 0; i < Dimensions.Length; i++)
            ranges[FirstDimension + i] = values[(int)Dimensions[i]];
        var further = batch.Further(view.Circumstances);
        for (var i = 0; i < furtherColumns.Length; i++)
            ranges[furtherColumns[i]] = i < further.Length ? further[i] : default;
        ranges[TitleText] = view.Failed ? batch.Failures[view.Failure].VideoTitle : default;
        for (var i = 0; i < ranges.Length; i++)
            hashes[i] = ranges[i].IsEmpty ? 0 : Math.Max(1, KeyHash.Of(batch.Bytes(ranges[i])));
    }
}
