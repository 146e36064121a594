using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Testing;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Dumps;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Tests.Control;

/// <summary>A dispatcher without a host. No channel is configured.</summary>
internal static class TestDispatcher
{
    public static ControlDispatcher Of(Settings settings, DumpDesk dumps, TimeProvider clock)
    {
        var channels = new NotificationChannels(
            settings, null!, null!, null!, (_, _) => Task.FromResult(0L), clock, NullLoggerFactory.Instance);
        return new(new PipelineStatus(clock, new FakeLogger<PipelineStatus>()), settings, dumps, channels, clock);
    }
}
