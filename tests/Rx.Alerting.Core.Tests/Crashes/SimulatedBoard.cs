using System.Text.Json;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Testing.Effects;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The board that all processes share.</summary>
internal sealed class SimulatedBoard
{
    public InMemoryBoard Kept { get; } = new();

    /// <summary>What a process would answer that reads the board now.</summary>
    public IReadOnlyList<string> Shown
    {
        get
        {
            var mirror = new BoardMirror(_ => true);
            mirror.Apply(Kept.ReadAsync(null, CancellationToken.None).GetAwaiter().GetResult());
            var all = mirror.Snapshot().OrderBy(incident => incident.Id, StringComparer.Ordinal);
            return [.. all.Select(incident => JsonSerializer.Serialize(incident, IncidentJson.Readable.Incident))];
        }
    }

    /// <summary>Of a board of notifications: ids of threads of which something was given up, by channel.</summary>
    public IReadOnlyDictionary<string, IReadOnlySet<string>> GivenUp() => Kept.ReadAsync(null, CancellationToken.None)
        .GetAwaiter().GetResult()
        .Entries.GroupBy(entry => NotificationPart.Names(entry.Pipeline).Channel, ThreadEncoding.Decode)
        .ToDictionary(
            channel => channel.Key,
            IReadOnlySet<string> (channel) => channel
                .Where(thread => thread.Records.Any(record => record.Outcome == NotificationOutcome.GivenUp))
                .Select(thread => thread.Id)
                .ToHashSet(StringComparer.Ordinal));

    /// <summary>Asserts that every state on the board was decided.</summary>
    public void AssertDecided(SimulatedReceiver decided) => Assert.Subset(decided.States, Shown.ToHashSet(StringComparer.Ordinal));
}
