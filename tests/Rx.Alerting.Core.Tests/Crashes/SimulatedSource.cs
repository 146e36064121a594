using System.Reactive.Linq;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>Reads shards of the stream in one process. The simulation decides when the next batch is pushed.</summary>
/// <remarks>
/// The source keeps the rules of <see cref="IViewSource"/>, and nothing more:
/// <list type="bullet">
/// <item>A shard is announced before its first views. The children of a shard are announced right before the shard finishes.</item>
/// <item>A shard that has been read to its end may be told idle, or not.</item>
/// <item>An idle shard is told active by an empty batch, if its gate is closed, or something can be read again (a view, or the shard's
/// end). That batch comes before any view that came into the stream more than <see cref="LongestLook"/> later.</item>
/// </list>
/// </remarks>
internal sealed class SimulatedSource(
    SimulatedStream stream, IReadOnlyList<SimulatedShard> shards, SimulatedProcess process, SplitMix random) : IViewSource
{
    /// <summary>Position of a shard that has been read to its end.</summary>
    public const string End = "end";

    /// <summary>The longest time, in milliseconds, for which the source does not look at an idle shard.</summary>
    public const long LongestLook = 60_000;

    private readonly Queue<(ViewBatch Batch, CrashSite Site)> next = [];
    private IObserver<ViewBatch>? reader;
    private IPartitionGate gate = OpenGate.Instance;
    private ShardCursor[] cursors = [];
    private HashSet<string> known = [];

    /// <summary>Whether a shard may be read on after so many views, or a command has to be executed before.</summary>
    public Func<SimulatedShard, int, bool> MayPass { get; set; } = (_, _) => true;

    /// <summary>How many views of a shard come before the next command, by how many have been read.</summary>
    public Func<SimulatedShard, int, int> NextPlace { get; set; } = (_, _) => int.MaxValue;

    public IReadOnlyList<SimulatedShard> Shards => shards;

    /// <summary>Whether there is an observer.</summary>
    public bool IsSubscribed => reader is not null;

    /// <summary>Whether everything has been pushed.</summary>
    public bool HasEnded { get; private set; }

    public IObservable<ViewBatch> Read(IReadOnlyDictionary<string, string> positions, IPartitionGate gate) =>
        Observable.Create<ViewBatch>(observer =>
    {
        (reader, this.gate, HasEnded) = (observer, gate, false);
        cursors = [.. shards.Select(shard => new ShardCursor(shard, positions.GetValueOrDefault(shard.Name)))];
        known = [.. positions.Keys];
        next.Clear();
        Announce(cursor => cursor.IsFinished);
        process.MayCrash(CrashSite.Subscribing, 100);
        return () => reader = reader == observer ? null : reader;
    });

    public void Committed(IReadOnlyDictionary<string, string> positions) => process.MayCrash(CrashSite.PositionsTold, 100);

    /// <summary>Whether so many views of a shard have been read.</summary>
    public bool HasRead(SimulatedShard shard, int count) => Array.Exists(
        cursors, cursor => cursor.Shard == shard && (cursor.IsFinished || cursor.Read >= count));

    /// <summary>Pushes the next batch, if there is one.</summary>
    public void Push()
    {
        if (reader is not { } observer)
            return;
        if (next.Count == 0)
            Choose();
        if (next.TryDequeue(out var due))
        {
            observer.OnNext(due.Batch);
            process.MayCrash(due.Site, due.Site == CrashSite.Pushed ? 500 : 50);
        }
        else if (Array.TrueForAll(cursors, cursor => cursor.IsFinished))
        {
            HasEnded = true;
            reader = null;
            observer.OnCompleted();
            process.MayCrash(CrashSite.StreamEnded, 20);
        }
    }

    private void Choose()
    {
        foreach (var cursor in cursors.Where(cursor => cursor.IsOpen && cursor.IsIdle && (!CanBeRead(cursor) || HasNews(cursor))))
            Enqueue(cursor, PartitionStatus.Active, CrashSite.ToldActive);
        ShardCursor[] open = [.. cursors.Where(cursor => cursor.IsOpen && CanBeRead(cursor))];
        if (next.Count > 0 || open.Length == 0)
            return;
        var chosen = open[random.Next(open.Length)];
        if (!MayPass(chosen.Shard, chosen.Read))
            return;
        var most = Math.Min(1 + random.Next(60), NextPlace(chosen.Shard, chosen.Read) - chosen.Read);
        var count = stream.Unread(chosen.Shard, chosen.Read, most);
        if (count > 0)
            Push(chosen, count);
        else if (stream.IsClosed(chosen.Shard))
            Finish(chosen);
        else if (!chosen.IsIdle && random.Next(2) == 0)
            Enqueue(chosen, PartitionStatus.Idle, CrashSite.ToldIdle);
    }

    private void Push(ShardCursor cursor, int count)
    {
        var batch = TestBatches.Of(cursor.Shard.Name, cursor.Shard.Views.Skip(cursor.Read).Take(count).Select(arrived => arrived.View));
        for (var i = 0; i < count; i++)
            batch.Views[i].ArrivalTime = cursor.Shard.Views[cursor.Read + i].At;
        cursor.Read += count;
        var isCaughtUp = stream.Unread(cursor.Shard, cursor.Read, 1) == 0 && !stream.IsClosed(cursor.Shard);
        Enqueue(cursor, isCaughtUp && random.Next(3) == 0 ? PartitionStatus.Idle : PartitionStatus.Active, CrashSite.Pushed, batch);
    }

    private void Finish(ShardCursor cursor)
    {
        cursor.IsFinished = true;
        Announce(parent => parent.IsFinished);
        Enqueue(cursor, PartitionStatus.Finished, CrashSite.ShardEnded);
    }

    /// <summary>Announces each shard that can be read now, because its parents have been read.</summary>
    private void Announce(Func<ShardCursor, bool> isRead)
    {
        foreach (var cursor in cursors.Where(cursor => !cursor.IsAnnounced && !cursor.IsFinished && Parents(cursor).All(isRead)))
        {
            cursor.IsAnnounced = true;
            Enqueue(cursor, PartitionStatus.Active, CrashSite.Announced);
        }
    }

    private void Enqueue(ShardCursor cursor, PartitionStatus status, CrashSite site, ViewBatch? batch = null)
    {
        batch ??= new ViewBatch(cursor.Shard.Name);
        (batch.Status, batch.Position, cursor.IsIdle) = (status, cursor.Position, status == PartitionStatus.Idle);
        next.Enqueue((batch, site));
    }

    private bool CanBeRead(ShardCursor cursor) => IsWaitedFor(cursor) ? !gate.IsPaused : gate.IsOpen(cursor.Shard.Name);

    private bool HasNews(ShardCursor cursor) =>
        cursor.Shard.To < stream.Now - LongestLook
            || (stream.Unread(cursor.Shard, cursor.Read, 1) > 0 && cursor.Shard.Views[cursor.Read].At < stream.Now - LongestLook);

    /// <summary>
    /// Whether a child of the shard is in the checkpoint already. Then the shard must be read on, however far ahead its event time is.
    /// </summary>
    private bool IsWaitedFor(ShardCursor cursor) =>
        Array.Exists(cursors, child => known.Contains(child.Shard.Name) && child.Shard.Parents.Contains(cursor.Shard.Name));

    private IEnumerable<ShardCursor> Parents(ShardCursor cursor) =>
        cursors.Where(parent => cursor.Shard.Parents.Contains(parent.Shard.Name));
}
