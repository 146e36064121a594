using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Tries;

/// <summary>What somebody wants to have tried.</summary>
/// <param name="Property">Whose incidents are compared.</param>
/// <param name="Last">How much event time is compared, up to now.</param>
/// <param name="Learning">How much event time before that is given to learning what is normal.</param>
/// <param name="Changes">The options that differ.</param>
/// <param name="Current">What is in force.</param>
/// <param name="Tried">The same with the changes.</param>
/// <param name="By">Who wants it.</param>
internal sealed record TryRequest(
    string Property,
    TimeSpan Last,
    TimeSpan Learning,
    IReadOnlyList<TriedOption> Changes,
    PipelineOptions Current,
    PipelineOptions Tried,
    string By);

/// <summary>An option with the value in force and the one that is tried, as options are written.</summary>
public sealed record TriedOption(string Key, string Current, string Tried);
