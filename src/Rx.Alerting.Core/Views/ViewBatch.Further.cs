namespace Rx.Alerting.Core.Views;

/// <content>Values of fields that only <see cref="Views.FurtherFields"/> reads.</content>
public sealed partial class ViewBatch
{
    private TextRange[] further = [];
    private int furtherFields;

    /// <summary>The values of a view's further fields, in the order in which they were asked for; none if none were read.</summary>
    /// <param name="circumstances">As <see cref="View.Circumstances"/>.</param>
    public ReadOnlySpan<TextRange> Further(int circumstances) =>
        (circumstances + 1) * furtherFields <= further.Length ? further.AsSpan(circumstances * furtherFields, furtherFields) : default;

    /// <summary>Makes room for the values of a view's further fields, to be filled in place. They are empty before.</summary>
    /// <param name="circumstances">As <see cref="View.Circumstances"/>.</param>
    /// <param name="fields">How many fields. For all views the same number.</param>
    internal Span<TextRange> AddFurther(int circumstances, int fields)
    {
        furtherFields = fields;
        if (further.Length < (circumstances + 1) * fields)
            Array.Resize(ref further, Math.Max(8 * fields, 2 * (circumstances + 1) * fields));
        var added = further.AsSpan(circumstances * fields, fields);
        added.Clear();
        return added;
    }
}
