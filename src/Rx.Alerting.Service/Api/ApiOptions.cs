using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Service.Api;

/// <summary>Section <c>Api</c>: what the HTTP interface keeps.</summary>
internal sealed record ApiOptions
{
    /// <summary>Incidents that can be asked for; beyond, those resolved longest ago are forgotten, open ones never. 1 to 1 million; default 10,000.</summary>
    public int MaximumIncidents { get; init; } = 10_000;

    internal void Validate(OptionFaults faults) => faults.Range("Api:MaximumIncidents", MaximumIncidents, 1, 1_000_000);
}
