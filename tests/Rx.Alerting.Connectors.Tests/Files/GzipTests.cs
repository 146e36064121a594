using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Files.Following;

namespace Rx.Alerting.Connectors.Tests.Files;

public sealed class GzipTests : IDisposable
{
    private readonly WrittenLog log = new();

    public void Dispose() => log.Dispose();

    // The framework asks once per process how strict to be, so this can fail only where nothing has opened gzip before: run by itself.
    // That nothing passes by Gzip.Open is for the compiler to say (BannedSymbols.txt).
    [Fact]
    public void Read_CutOffGzipAfterAFollowedLogHasLookedForItsFiles_IsAProblem()
    {
        var lines = FileReading.Lines([.. Enumerable.Range(0, 20_000).Select(i => FileReading.Line(i, $"v{i}"))]);
        var packed = FileReading.Gzip(lines);
        File.WriteAllBytes(log.Log + ".1.gz", packed[..20]);
        Assert.Null(new LogFiles(log.Log, log.Options()).Locate(new(0, Hash: 1, Hashed: 256, Offset: 300)));

        using var input = new FileInput("cut.gz", new MemoryStream(packed[..^1000]));
        var buffer = new byte[100_000];
        while (input.Read(buffer) > 0)
        {
        }

        Assert.Contains("cut off", input.Problem?.Message, StringComparison.Ordinal);
    }
}
