using Rx.Alerting.Core.Explanations;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Where no cause is told, the figures that are shown beside it must not contradict the reason.</summary>
public sealed class SliceWordsTests
{
    [Theory]
    [InlineData(5, false, "Cause not known yet: 5 views failed, and it takes 8 to compare")]
    [InlineData(500, false, "Cause not known yet: fewer than 8 of its failed views are in the sample that is compared")]
    [InlineData(500, true, "Cause not known yet: it is part of another incident, whose cause is told there")]
    public void Cause_OfAnIncidentWithoutOne_SaysWhatLacks(int affected, bool isPart, string expected)
    {
        var incident = IncidentSamples.Sample("a") with
        {
            AffectedViews = affected,
            ParentId = isPart ? "b" : null,
            ExplainedBy = null,
            Explanations = [],
        };

        Assert.Equal(expected, SliceWords.Cause(incident));
    }

    [Fact]
    public void FewestFailures_AreThoseOfTheRanking() => Assert.Equal(8, SliceRanking.FewestFailures);
}
