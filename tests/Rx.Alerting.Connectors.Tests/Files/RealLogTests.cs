using System.Text.RegularExpressions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>
/// A real access log, where there is one: <c>APACHE_LOG</c>, else <c>../shared/data/apache/apache_logs</c> beside the repository.
/// </summary>
public sealed partial class RealLogTests
{
    [Fact]
    public void Read_RealLog_AccountsForEveryLine()
    {
        var path = Environment.GetEnvironmentVariable("APACHE_LOG") ?? Path.Combine(
            Repository(), "..", "shared", "data", "apache", "apache_logs");
        Assert.SkipUnless(File.Exists(path), $"{path} is not there");
        var reading = FileReading.Of(new() { Paths = [path], AccessLog = new() { FailureStatuses = ["4xx", "5xx"] } });
        var lines = File.ReadAllLines(path);
        Assert.Equal(lines.Length, reading.Records);
        Assert.Empty(reading.Problems);
        var whole = lines.Where(line => Line().IsMatch(line)).ToArray();
        Assert.Equal(whole.Length, reading.Views.Count);
        Assert.Equal(lines.Length - whole.Length, reading.Rejected.GetValueOrDefault(RejectionReason.Malformed));
        var failed = whole.Count(line => Line().Match(line).Groups["status"].Value[0] is '4' or '5');
        Assert.Equal(failed, reading.Views.Count(view => view.Split(' ')[^2].Length == 3));
    }

    [GeneratedRegex("""^\S+ \S+ \S+ \[[^]]+\] "([^"\\]|\\.)*" (?<status>[0-9]{3})( |$)""")]
    private static partial Regex Line();

    private static string Repository()
    {
        var folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "Rx.Alerting.sln")))
            folder = Path.GetDirectoryName(folder);
        return folder ?? ".";
    }
}
