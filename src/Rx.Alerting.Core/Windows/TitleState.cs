using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>What is known of one title of a property; also its place in the <see cref="TitleTable"/>.</summary>
internal sealed class TitleState(PropertyState property, byte[] name, ulong hash) : KeyState(name, hash)
{
    public PropertyState Property { get; } = property;

    /// <summary>By which the <see cref="TitleTable"/> finds it.</summary>
    public ulong CombinedHash => KeyHash.Combine(Property.Hash, Hash);

    /// <summary>Grows from touch to touch over all titles: their order.</summary>
    public long TouchSequence { get; set; }

    /// <summary>Whether it has been forgotten.</summary>
    public bool IsRemoved { get; set; }

    public TitleState? SeenBefore { get; set; }

    public TitleState? SeenAfter { get; set; }

    public static TitleState Load(StateReader reader, PropertyState property)
    {
        var title = new TitleState(property, reader.Bytes(), reader.UInt64()) { IsSaved = true };
        title.LoadHistory(reader, property);
        return title;
    }
}
