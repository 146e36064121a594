using System.Globalization;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Tests.Contracts;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>
/// A writer rotates its log at random, and puts copies in its place. A reader is stopped and started at random. A failure names the seed.
/// The writer's steps follow from the seed. How writer and reader meet does not.
/// </summary>
public sealed class FollowedChaosTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(6)]
    public async Task Read_WriterAndReaderDoAsTheyLike_EveryViewComesOnce(int seed)
    {
        using var log = new WrittenLog();
        var options = log.Options() with { BatchViews = 50 };
        var random = new Random(-seed);
        var (read, positions) = (new List<string>(), new Dictionary<string, string>());
        log.Write(Id(0));
        Keep(await ReadUntilAsync(log, options, positions, batches => batches.Count >= 2), 2, read, positions);
        var writing = Task.Run(() => Write(log, new Random(seed)), TestContext.Current.CancellationToken);
        try
        {
            while (!writing.IsCompleted)
            {
                var stopAfter = random.Next(1, 12);
                var kept = await ReadUntilAsync(log, options, positions, batches => batches.Count >= stopAfter || writing.IsCompleted);
                Keep(kept, random.Next(0, kept.Count + 1), read, positions);
            }
        }
        finally
        {
            await writing;
        }

        var total = await writing;
        var rest = await ReadUntilAsync(log, options, positions, batches => batches.Any(batch => batch.Ids.Contains(Id(total - 1))));
        Keep(rest, rest.Count, read, positions);
        Assert.True(
            Enumerable.Range(0, total).Select(Id).SequenceEqual(read),
            $"seed {seed}: {read.Count} of {total} views, {read.Distinct().Count()} different ones; "
            + $"first fault at {read.TakeWhile((id, i) => id == Id(i)).Count()}; "
            + string.Join("; ", log.Lines.Lines));
    }

    private static void Keep(IReadOnlyList<PushedBatch> batches, int count, List<string> read, Dictionary<string, string> positions)
    {
        read.AddRange(batches.Take(count).SelectMany(batch => batch.Ids));
        foreach (var (partition, position) in BatchCollector.PositionsAfter(batches.Take(count)))
            positions[partition] = position;
    }

    private static async Task<IReadOnlyList<PushedBatch>> ReadUntilAsync(
        WrittenLog log, FollowOptions options, Dictionary<string, string> positions, Func<IReadOnlyList<PushedBatch>, bool> enough)
    {
        using var collector = log.Read(options, new Dictionary<string, string>(positions));
        await collector.UntilAsync(_ => enough(collector.Batches), "enough batches");
        collector.Dispose();
        return collector.Batches;
    }

    private static int Write(WrittenLog log, Random random)
    {
        var written = 1;
        for (var step = 0; step < 400; step++)
        {
            var count = random.Next(0, 40);
            var lines = string.Concat(Enumerable.Range(written, count).Select(i => FileReading.Line(1, Id(i)) + "\n"));
            var cut = random.Next(lines.Length + 1);
            File.AppendAllText(log.Log, lines[..cut]);
            Thread.SpinWait(random.Next(10_000));
            File.AppendAllText(log.Log, lines[cut..]);
            written += count;
            if (random.Next(8) == 0)
                Replace(log);
            if (count > 0 && random.Next(4) == 0)
                log.Rotate(keep: 200);
        }

        log.Write(Id(written));
        return written + 1;
    }

    /// <summary>Puts a copy in the log's place, as rsync does.</summary>
    private static void Replace(WrittenLog log)
    {
        if (!File.Exists(log.Log))
            return;
        File.Copy(log.Log, log.At(".copy"));
        File.Move(log.At(".copy"), log.Log, overwrite: true);
    }

    private static string Id(int i) => string.Create(CultureInfo.InvariantCulture, $"v{i}");
}
