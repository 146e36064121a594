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
}
