using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>A log that was idle holds event time as soon as there is something to read that has not been read.</summary>
public sealed class FollowedIdlenessTests : IDisposable
{
    private readonly WrittenLog log = new();
    private readonly FakeTimeProvider time = new();
    private readonly ViewBatch batch = new(string.Empty);

    public void Dispose() => log.Dispose();

    [Fact]
    public void TryFill_IdleLogIsRotated_IsActiveThroughoutTheRotationWait()
    {
        using var followed = Idle(log.Options() with { RotationWait = TimeSpan.FromMinutes(10) });
        var position = batch.Position;
        log.Rotate();
        File.WriteAllText(log.Log, string.Empty);
        Assert.Null(Look(followed));
        log.Write("b");
        Assert.Equal((PartitionStatus.Active, 0, position), (Look(followed), batch.ViewCount, batch.Position));
        for (var second = 0; second < 590; second++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            Assert.Null(Look(followed));
        }

        time.Advance(TimeSpan.FromSeconds(10));
        var statuses = Enumerable.Range(0, 6).Select(_ => (Look(followed), batch.ViewCount)).ToList();
        Assert.Contains((PartitionStatus.Active, 1), statuses);
        Assert.Equal((PartitionStatus.Idle, 0), statuses.Last(status => status.Item1 is not null));
        Assert.Single(statuses, status => status.Item1 == PartitionStatus.Idle);
    }

    [Fact]
    public void TryFill_IdleLogCannotBeRead_IsActiveUntilItCan()
    {
        var (denied, plain) = (false, log.Options());
        using var followed = Idle(plain with
        {
            OpenFile = path => denied && path == log.Log
                ? throw new UnauthorizedAccessException($"Access to {path} is denied")
                : plain.OpenFile(path),
        });
        var position = batch.Position;
        denied = true;
        log.Rotate();
        log.Write("b");
        var statuses = Enumerable.Range(0, 6)
            .Select(_ => (Look(followed), batch.Position))
            .Where(status => status.Item1 is not null).ToList();
        Assert.Equal([(PartitionStatus.Active, position)], statuses);

        denied = false;
        Assert.Contains((PartitionStatus.Active, 1), Enumerable.Range(0, 6).Select(_ => (Look(followed), batch.ViewCount)));
    }

    [Fact]
    public void TryFill_IdleLogCannotBeReadForAWhile_IsIdleAgain()
    {
        var (denied, plain) = (false, log.Options());
        using var followed = Idle(plain with
        {
            IdleAfter = TimeSpan.FromSeconds(1),
            HasInodes = false,
            OpenFile = path => denied ? throw new UnauthorizedAccessException($"Access to {path} is denied") : plain.OpenFile(path),
        });
        denied = true;
        Assert.Equal(PartitionStatus.Active, Look(followed));
        Assert.Null(Look(followed));
        denied = false;
        Assert.Null(Look(followed));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(PartitionStatus.Idle, Look(followed));
    }

    /// <summary>A log with one view, told idle behind it.</summary>
    private FollowedLog Idle(FollowOptions options)
    {
        log.Write("a");
        var context = new FollowContext(options, time, NullLogger.Instance, new());
        var followed = new FollowedLog(
            new(log.Log, options), log.Log, position: null, StartAt.Beginning, inFolder: false, _ => false, context);
        Assert.Null(followed.Prepare());
        followed.Announce(batch);
        Assert.Equal(PartitionStatus.Active, Look(followed));
        Look(followed);
        time.Advance(options.IdleAfter);
        if (options.IdleAfter > TimeSpan.Zero)
            Look(followed);
        Assert.Equal(PartitionStatus.Idle, batch.Status);
        return followed;
    }

    /// <summary>What the log tells when it is looked at the next time; null: nothing new.</summary>
    private PartitionStatus? Look(FollowedLog followed)
    {
        time.Advance(TimeSpan.FromMilliseconds(10));
        return followed.TryFill(batch) ? batch.Status : null;
    }
}
