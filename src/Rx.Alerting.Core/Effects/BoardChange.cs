using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Core.Effects;

/// <summary>What a reading has changed in a copy of the board.</summary>
/// <param name="Position">The position of the reading: <see cref="BoardReading.Position"/>.</param>
/// <param name="IsWhole">Whether everything was read anew. Then nobody knows what has changed.</param>
/// <param name="Incidents">New and changed incidents.</param>
/// <param name="Gone">Incidents that are not kept any more, as they were.</param>
public sealed record BoardChange(string Position, bool IsWhole, IReadOnlyList<Incident> Incidents, IReadOnlyList<Incident> Gone)
{
    /// <summary>
    /// Positions of the latest changes, by the ids of incidents. What is not there has changed at <see cref="Position"/>.
    /// </summary>
    public IReadOnlyDictionary<string, string> Positions { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
