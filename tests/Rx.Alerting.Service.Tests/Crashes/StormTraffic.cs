using System.Globalization;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>
/// A log of views that grows. Ten properties have a view a second each. At first all is well; then one after the other breaks for a minute,
/// each with an error of its own.
/// </summary>
internal sealed class StormTraffic(string path)
{
    public const int Properties = 10;

    private const int QuietSeconds = 1200;
    private const int SecondsBetween = 120;
    private const int BrokenSeconds = 60;
    private const int CalmSeconds = 1200;
    private const int Seconds = QuietSeconds + (Properties * SecondsBetween) + CalmSeconds;
    private const long Start = 1_767_225_600;

    private int written;

    /// <summary>Writes what is normal.</summary>
    public Task BeginAsync() => WriteToAsync(QuietSeconds);

    /// <summary>Writes on.</summary>
    /// <param name="share">How much of what comes after the beginning is there then, from 0 to 1.</param>
    public Task GrowAsync(double share) => WriteToAsync(QuietSeconds + (int)((Seconds - QuietSeconds) * share));

    private async Task WriteToAsync(int second)
    {
        var lines = Enumerable.Range(written, second - written)
            .SelectMany(at => Enumerable.Range(0, Properties).Select(property => View(property, at)));
        await File.AppendAllLinesAsync(path, lines, TestContext.Current.CancellationToken);
        written = second;
    }

    private static string View(int property, int second)
    {
        var since = second - QuietSeconds - (property * SecondsBetween);
        var error = since is >= 0 and < BrokenSeconds ? $"\"error-{property}\"" : "null";
        var time = (Start + second).ToString(CultureInfo.InvariantCulture);
        return $$"""{"property_id":"p{{property}}","view_end":{{time}},"error_type":{{error}}}""";
    }
}
