using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Crashes;

/// <summary>The result after all views have been read.</summary>
/// <param name="Decided">Every change that was decided.</param>
/// <param name="Receivers">What was delivered, by channel.</param>
/// <param name="People">Those who were told, by channel.</param>
/// <param name="GivenUp">Ids of threads of which a notification was given up, by channel.</param>
/// <param name="Board">What the board shows: the latest state of every incident.</param>
/// <param name="Outcomes">The outcomes of people's commands in the store, by command.</param>
/// <param name="Silences">The ids of all silences in the store.</param>
/// <param name="State">All entries in the store: counts, windows, baselines, open incidents.</param>
internal sealed record CrashOutcome(
    SimulatedReceiver Decided,
    IReadOnlyDictionary<string, SimulatedReceiver> Receivers,
    IReadOnlyDictionary<string, SimulatedPeople> People,
    IReadOnlyDictionary<string, IReadOnlySet<string>> GivenUp,
    IReadOnlyList<string> Board,
    IReadOnlyDictionary<string, CommandOutcome> Outcomes,
    IReadOnlySet<string> Silences,
    IReadOnlyList<string> State)
{
    public IReadOnlyList<string> Incidents => Decided.Received;
}
