using Rx.Alerting.Core.Baselines;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>Finds the series of error types, and keeps the bound on types within a property.</summary>
/// <remarks>
/// What happens to a new error type of a property that has as many types as it may have:
/// <list type="bullet">
/// <item>Types that were not seen in this hour of event time or the hour before are forgotten, all at once, in the property and its titles.
/// The new type takes their place.</item>
/// <item>Where there are no such types, the new one is counted as <c>other</c>. An outage shows in the rate of <c>other</c>, without its
/// name.</item>
/// </list>
/// </remarks>
internal sealed class ErrorTypes(WindowOptions windows, BaselineOptions baseline, KeyEntries entries)
{
    private const long Hour = 3_600_000;

    private readonly HashSet<ErrorSeries> stale = [];
    private long added, forgotten, others, collisions;

    /// <summary>The counts with those of error types.</summary>
    public KeyCounts AddTo(KeyCounts counts) => counts with
    {
        NewErrorTypes = added,
        ForgottenErrorTypes = forgotten,
        OtherErrors = others,
        Collisions = counts.Collisions + collisions,
    };

    /// <summary>The series of an error type, or of <c>other</c>. Ask for a property before its titles.</summary>
    /// <param name="key">A property or a title.</param>
    /// <param name="typeHash">Hash of <paramref name="type"/>.</param>
    /// <param name="type">The type's name in UTF-8.</param>
    /// <param name="errors">How many errors of the type the pane has.</param>
    /// <param name="now">Begin of the pane (ms since the Unix epoch).</param>
    public ErrorSeries FindOrAdd(Key key, ulong typeHash, ReadOnlySpan<byte> type, int errors, long now)
    {
        var parent = (key as Title)?.Property;
        var property = parent ?? (Property)key;
        var known = property.Find(typeHash);
        if (key == property)
        {
            if (known is null)
                added++;
            else if (!known.Type.AsSpan().SequenceEqual(type))
                collisions++;
        }

        if (known is null && property.ErrorTypes >= windows.MaximumErrorTypes && (key != property || !MakeRoom(property, now)))
        {
            others += key == property ? errors : 0;
            type = Property.OtherType;
            typeHash = KeyHash.Of(type);
        }

        return key.Find(typeHash) ?? Add(key, type, typeHash);
    }

    private ErrorSeries Add(Key key, ReadOnlySpan<byte> type, ulong typeHash)
    {
        if (key is Title title)
        {
            var ofTitle = TitleSeries.New(title, title.Property.Find(typeHash)!, windows.MinimumViews, baseline);
            title.Append(ofTitle);
            return ofTitle;
        }

        var property = (Property)key;
        var series = PropertySeries.New(property, type, typeHash, windows.MinimumViews, baseline);
        property.Add(series);
        return series;
    }

    /// <summary>Forgets types that have not been seen for long and have no open incident. False: there is none.</summary>
    private bool MakeRoom(Property property, long now)
    {
        stale.Clear();
        for (var series = property.FirstSeries; series is not null; series = series.Next)
        {
            if (!series.Held && series.LastSeen < ((now / Hour) - 1) * Hour)
                stale.Add(series);
        }

        if (stale.Count > 0 && property.IsHeld)
            KeepHeld(property);
        if (stale.Count == 0)
            return false;

        forgotten += stale.Count;
        property.Forget(stale);
        Predicate<ErrorSeries> isStale = series => stale.Contains(series.Parent!);
        for (var title = property.FirstTitle; title is not null; title = title.NextOfProperty)
        {
            if (title.Remove(isStale) > 0)
                entries.Changed(title);
        }

        stale.Clear();
        return property.ErrorTypes < windows.MaximumErrorTypes;
    }

    private void KeepHeld(Property property)
    {
        for (var title = property.FirstTitle; title is not null; title = title.NextOfProperty)
        {
            for (var series = title.FirstSeries; series is not null; series = series.Next)
            {
                if (series.Held)
                    stale.Remove(series.Parent!);
            }
        }
    }
}
