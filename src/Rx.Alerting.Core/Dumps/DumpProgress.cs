using System.Globalization;

namespace Rx.Alerting.Core.Dumps;

/// <summary>How far a dump is. Thread-safe.</summary>
public sealed class DumpProgress
{
    private volatile string text = "it waits for its turn";

    /// <summary>A clause for people.</summary>
    public string Text => text;

    public void Waits() => text = "it waits for a commit";

    internal void Reads(long entries) => text = string.Create(CultureInfo.InvariantCulture, $"it has read {entries:N0} entries");

    internal void Writes() => text = "it writes rows";

    internal void Sends(long rows, long bytes) =>
        text = string.Create(CultureInfo.InvariantCulture, $"it sends {rows:N0} rows, {bytes:N0} bytes");
}
