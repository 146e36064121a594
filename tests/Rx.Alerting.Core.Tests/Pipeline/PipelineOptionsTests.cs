using Rx.Alerting.Core.Detection;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Core.Tests.Pipeline;

public sealed class PipelineOptionsTests
{
    [Fact]
    public void Validate_Defaults_HaveNoFault() => Assert.Empty(OptionFaults.Of(new PipelineOptions()));

    [Fact]
    public void Construct_SeveralFaults_NamesThemAllAtOnce()
    {
        var options = new PipelineOptions
        {
            EventTime = new EventTimeOptions { MaximumLead = TimeSpan.Zero },
            Windows = new WindowOptions { MinimumViews = 5, NestedViews = [], TitleNestedViews = [] },
            Detection = new DetectionOptions { TailProbability = double.NaN },
            Incidents = new IncidentOptions { ExpireAfterSilence = TimeSpan.FromDays(60) },
        };

        var fault = Assert.Throws<ArgumentException>(() => new DetectionPipeline(options));

        Assert.Contains("EventTime:MaximumLead is 0s, must be from 1s to 30d", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Windows:MinimumViews is 5, must be from 100 to 100000", fault.Message, StringComparison.Ordinal);
        Assert.Contains("Detection:TailProbability is NaN, must be from 1E-15 to 0.1", fault.Message, StringComparison.Ordinal);
        Assert.Contains(
            "Incidents:ExpireAfterSilence is 60d, must not be longer than Windows:TitleExpiry, 30d",
            fault.Message,
            StringComparison.Ordinal);
    }
}
