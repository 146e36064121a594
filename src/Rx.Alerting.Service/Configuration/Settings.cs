using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Everything that can be configured: the pipeline's sections, how inputs are read, and the service's own.</summary>
internal sealed record Settings
{
    public PipelineOptions Pipeline { get; init; } = new();

    public AccessLogOptions AccessLog { get; init; } = new();

    public ApiOptions Api { get; init; } = new();

    public IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        AccessLog.Validate(faults);
        Api.Validate(faults);
        return [.. Pipeline.Validate(), .. faults.All];
    }
}
