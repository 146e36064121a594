using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Api;

/// <summary>How the API is served.</summary>
[OptionSection("Http")]
internal sealed record HttpOptions
{
    /// <summary>
    /// Connections that are open at one time. Further connections are closed, which the log says, or wait until others end. At most half
    /// of the files that the limit on open files (ulimit -n) leaves after 256.
    /// </summary>
    [Range(1, 100_000)]
    public int MaximumConnections { get; init; } = 500;

    /// <summary>
    /// Streams of events that are open at one time, of all connections: every page that somebody looks at has one. One caller has at most
    /// a quarter of them. Further ones are answered with 503, and such pages ask again.
    /// </summary>
    [Range(0, 100_000)]
    public int MaximumEventStreams { get; init; } = 200;
}
