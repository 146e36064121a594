using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Access;

/// <summary>
/// The keys of data protection in the service's store, so that what one process protects every other process of the store can read.
/// Thread-safe.
/// </summary>
/// <remarks>
/// <para>
/// ASP.NET Core has every process make a key that finds none. So a key is written like this: take the part under an epoch of one's own,
/// read it, and post the key under that epoch. A post fails if another process has taken the part meanwhile. Then it is read again, and if
/// it has a key for that time, ours is dropped. ASP.NET Core reads all keys again after it has stored one, and uses the other.
/// </para>
/// <para>
/// Callers cannot wait asynchronously. So a call has an end after <see cref="Patience"/>, and after a failure others fail at once for
/// <see cref="Pause"/>. The keys are kept in memory for hours, so that is seldom.
/// </para>
/// </remarks>
internal sealed class ProtectionKeys(IBoard board, TimeProvider clock, ILogger<ProtectionKeys> log) : IXmlRepository, IAsyncDisposable
{
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private const string Part = "keys";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The longest wait before a write is tried again that another process has got in the way of.</summary>
    private static readonly TimeSpan Backoff = TimeSpan.FromMilliseconds(50);

    private readonly Lock gate = new();
    private (CheckpointStoreException Problem, long At)? failure;

    /// <summary>Why the keys cannot be read, as a sentence. Null: nothing is known against it.</summary>
    public string? Problem
    {
        get
        {
            lock (gate)
                return failure?.Problem.Message;
        }
    }

    /// <exception cref="CheckpointStoreException">The store fails.</exception>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        Ask(async cancel => Elements((await board.ReadAsync(null, cancel)).Entries));

    /// <exception cref="CheckpointStoreException">The store fails.</exception>
    public void StoreElement(XElement element, string friendlyName) => Ask(async cancel =>
    {
        var entry = new BoardEntry(
            Part, friendlyName, clock.GetUtcNow(), Encoding.UTF8.GetBytes(element.ToString(SaveOptions.DisableFormatting)));
        while (true)
        {
            var epoch = (long)(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(sizeof(ulong))) >> 12) | 1;
            var others = Elements(await board.TakeAsync(Part, epoch, cancel));
            if (ProtectionKey.IsNeedless(element, others) || await board.PostAsync(Part, epoch, [entry], [], cancel) == epoch)
                return true;
            await Task.Delay(Backoff * RandomNumberGenerator.GetInt32(1, 100) / 100, clock, cancel);
        }
    });

    public ValueTask DisposeAsync() => board.DisposeAsync();

    private static List<XElement> Elements(IEnumerable<BoardEntry> entries) =>
        [.. entries.Where(entry => entry.Pipeline == Part).Select(entry => XElement.Parse(Encoding.UTF8.GetString(entry.Value.Span)))];

    private T Ask<T>(Func<CancellationToken, Task<T>> ask)
    {
        lock (gate)
        {
            if (failure is { } earlier && clock.GetElapsedTime(earlier.At) < Pause)
                throw new CheckpointStoreException(earlier.Problem.Problem, earlier.Problem.Message, earlier.Problem);
        }

        try
        {
            var answer = WithinPatience(ask);
            if (Note(null) is not null)
                RunLog.KeysAreBack(log);
            return answer;
        }
        catch (CheckpointStoreException problem)
        {
            if (Note(problem) is null)
                RunLog.KeysFail(log, problem.Message);
            throw;
        }
    }

    private T WithinPatience<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var end = new CancellationTokenSource(Patience, clock);
        try
        {
            // On another thread: a store may answer on the thread that asks, and the caller must not wait for it longer.
            return Task.Run(() => ask(end.Token), CancellationToken.None).WaitAsync(end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException late) when (end.IsCancellationRequested)
        {
            throw new CheckpointStoreException(CheckpointStoreProblem.Unavailable, "The store does not answer in time.", late);
        }
    }

    /// <summary>Notes how the latest call has ended, and returns how the call before did.</summary>
    private CheckpointStoreException? Note(CheckpointStoreException? problem)
    {
        lock (gate)
        {
            var before = failure?.Problem;
            failure = problem is null ? null : (problem, clock.GetTimestamp());
            return before;
        }
    }
}
