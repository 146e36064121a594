using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// What channels have told of incidents, and what not. It is read from the store when somebody asks, at most once a second for all who ask.
/// Thread-safe.
/// </summary>
internal sealed class ToldMirror(NotificationChannels channels, WatchedStream stream, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim turn = new(1);
    private readonly Dictionary<(string Part, string Id), IReadOnlyList<Told>> threads = [];
    private ILookup<string, Told> byIncident = Array.Empty<Told>().ToLookup(_ => string.Empty, StringComparer.Ordinal);
    private string? position;
    private long readAt;
    private string? problem;

    /// <summary>Names of the channels that are configured here.</summary>
    public IReadOnlyList<string> Channels => [.. channels.All.Select(channel => channel.Name)];

    /// <summary>What is known of an incident, the latest first; and why that may be old, as a sentence, or null.</summary>
    public Task<(IReadOnlyList<Told> Told, string? Problem)> OfAsync(string incidentId, CancellationToken cancel) =>
        AskAsync(() => [.. byIncident[incidentId].OrderByDescending(told => told.At)], cancel);

    /// <summary>All that is known, in no order; and why that may be old, as a sentence, or null.</summary>
    public Task<(IReadOnlyList<Told> Told, string? Problem)> AllAsync(CancellationToken cancel) =>
        AskAsync(() => [.. threads.Values.SelectMany(told => told)], cancel);

    public void Dispose() => turn.Dispose();

    private async Task<(IReadOnlyList<Told> Told, string? Problem)> AskAsync(Func<IReadOnlyList<Told>> answer, CancellationToken cancel)
    {
        if (channels.Board is not { } board)
            return ([], null);
        await turn.WaitAsync(cancel);
        try
        {
            if (readAt == 0 || clock.GetElapsedTime(readAt) > Fresh)
                await ReadAsync(board, cancel);
            return (answer(), problem);
        }
        finally
        {
            turn.Release();
        }
    }

    private async Task ReadAsync(IBoard board, CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            Apply(await board.ReadAsync(position, patience.Token));
            problem = null;
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            problem = "The store does not answer in time.";
        }
        catch (CheckpointStoreException failure)
        {
            problem = failure.Message;
        }

        readAt = clock.GetTimestamp();
    }

    private void Apply(BoardReading reading)
    {
        if (reading.IsWhole)
            threads.Clear();
        foreach (var gone in reading.Gone)
            threads.Remove(gone);
        foreach (var entry in reading.Entries)
            threads[(entry.Pipeline, entry.Id)] = Decode(entry);
        if (reading.IsWhole || reading.Entries.Count > 0 || reading.Gone.Count > 0)
        {
            byIncident = threads.Values.SelectMany(told => told)
                .SelectMany(told => told.Incidents.Select(id => (Id: id, Told: told)))
                .ToLookup(one => one.Id, one => one.Told, StringComparer.Ordinal);
        }

        position = reading.Position;
    }

    /// <summary>What a newer release has written is left out: it cannot be read.</summary>
    private List<Told> Decode(BoardEntry entry)
    {
        try
        {
            var whole = new BoardReading(string.Empty, IsWhole: true, [entry], [], new Dictionary<string, long>());
            return [.. ToldNotifications.Of(whole).Where(told => stream.Has(told.Pipeline)).Select(Told.Of)];
        }
        catch (CheckpointFormatException)
        {
            return [];
        }
    }
}
