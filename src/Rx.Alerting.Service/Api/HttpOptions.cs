using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Api;

/// <summary>Section <c>Http</c>: how the API is served.</summary>
internal sealed record HttpOptions
{
    /// <summary>
    /// Connections that are open at one time; further ones are closed, which the log says, or wait until some are. Never more than half of what the limit on open files (ulimit -n) leaves after 256.
    /// 1 to 100,000; default 500.
    /// </summary>
    public int MaximumConnections { get; init; } = 500;

    internal void Validate(OptionFaults faults) => faults.Range("Http:MaximumConnections", MaximumConnections, 1, 100_000);
}
