using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Windows;

/// <summary>What the affected titles of a failing property did, after they were known to be affected.</summary>
/// <param name="Views">Their views.</param>
/// <param name="Errors">Those that failed with the error type.</param>
/// <param name="Normal">Failures that are normal for these views, in millionths: a whole number, so the order leaves no trace.</param>
internal readonly record struct AffectedCount(long Views, long Errors, long Normal)
{
    public const string Layout = "views i64, errors i64, normal i64";

    private const double Millionths = 1e6;

    /// <summary>The error rate that is normal for these views, 0–1.</summary>
    public double NormalRate => Views == 0 ? 0 : Normal / Millionths / Views;

    public double Rate => Views == 0 ? 0 : (double)Errors / Views;

    /// <summary>Views of a title with a normal error rate.</summary>
    public static AffectedCount Of(int views, double normalRate) => new(views, 0, (long)(views * normalRate * Millionths));

    public AffectedCount Plus(AffectedCount other) => new(Views + other.Views, Errors + other.Errors, Normal + other.Normal);

    public AffectedCount Minus(AffectedCount other) => new(Views - other.Views, Errors - other.Errors, Normal - other.Normal);

    public void Save(StateWriter writer)
    {
        writer.Int64(Views);
        writer.Int64(Errors);
        writer.Int64(Normal);
    }

    public static AffectedCount Load(StateReader reader) => new(reader.Int64(), reader.Int64(), reader.Int64());
}
