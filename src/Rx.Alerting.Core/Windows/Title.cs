using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>What is known of one title of a property; also its place in the <see cref="TitleTable"/>.</summary>
internal sealed class Title(Property property, byte[] name, ulong hash) : Key(name, hash)
{
    public Property Property { get; } = property;

    /// <summary>By which the <see cref="TitleTable"/> finds it.</summary>
    public ulong CombinedHash => KeyHash.Combine(Property.Hash, Hash);

    /// <summary>Grows from touch to touch over all titles: their order.</summary>
    public long TouchSequence { get; set; }

    public Title? SeenBefore { get; set; }

    public Title? SeenAfter { get; set; }

    /// <summary>Another title of the property, in no order.</summary>
    public Title? NextOfProperty { get; set; }

    /// <summary>The title whose <see cref="NextOfProperty"/> this is.</summary>
    public Title? PreviousOfProperty { get; set; }

    /// <summary>Makes it one of its property's titles.</summary>
    public void LinkToProperty()
    {
        NextOfProperty = Property.FirstTitle;
        NextOfProperty?.PreviousOfProperty = this;
        Property.FirstTitle = this;
    }

    public void UnlinkFromProperty()
    {
        if (PreviousOfProperty is { } previous)
            previous.NextOfProperty = NextOfProperty;
        else
            Property.FirstTitle = NextOfProperty;
        NextOfProperty?.PreviousOfProperty = PreviousOfProperty;
        (PreviousOfProperty, NextOfProperty) = (null, null);
    }

    /// <summary>Starts series anew if an incident of the property has counted the title's views.</summary>
    /// <remarks>A title is not visited when an incident of its property ends, but at its next view, or when somebody looks at it.</remarks>
    /// <param name="position">The title's position before the latest pane.</param>
    /// <param name="lastSeen">When the title was seen last before the latest pane (ms since the Unix epoch).</param>
    /// <param name="paneEnd">If the incident ended in this pane, it has counted the views of the pane as well.</param>
    public void RestartWithProperty(long position, long lastSeen, long paneEnd)
    {
        for (var series = FirstSeries; series is not null; series = series.Next)
        {
            var endedAt = series.Parent!.TitlesRestartAt;
            if (!series.Held && endedAt >= lastSeen)
                series.Restart(endedAt == paneEnd ? Position : position);
        }
    }

    public static Title Load(StateReader reader, Property property)
    {
        var name = reader.Bytes();
        var title = new Title(property, name, KeyHash.Of(name)) { IsSaved = true };
        title.LoadHistory(reader);
        return title;
    }

    protected override ErrorSeries LoadSeries(StateReader reader) => TitleSeries.Load(reader, this);
}
