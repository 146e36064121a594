using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>How the failure of a property with an open incident is spread over its titles.</summary>
internal sealed class Spread
{
    public const string Layout = $"since i64, titles i32, affected ({AffectedCount.Layout})";

    /// <summary>Begin of the incident's window (ms since the Unix epoch).</summary>
    public required long Since { get; init; }

    /// <summary>Titles with an error since then.</summary>
    public required int Titles { get; set; }

    /// <summary>What affected titles do: those that fail significantly more than is normal for them.</summary>
    public AffectedCount Affected { get; private set; }

    /// <summary>Adds views and errors of an affected title.</summary>
    public void Add(AffectedCount count) => Affected = Affected.Plus(count);

    public void Save(StateWriter writer)
    {
        writer.Int64(Since);
        writer.Int32(Titles);
        Affected.Save(writer);
    }

    public static Spread Load(StateReader reader) => new()
    {
        Since = reader.Int64(),
        Titles = reader.Int32(),
        Affected = AffectedCount.Load(reader),
    };
}
