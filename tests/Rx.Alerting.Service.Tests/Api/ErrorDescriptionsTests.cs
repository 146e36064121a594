using Rx.Alerting.Service.Api;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class ErrorDescriptionsTests
{
    [Fact]
    public void Find_TakesTheLatestOfTheProperty_ThenOfAny()
    {
        var one = IncidentSamples.Sample("a") with { PropertyId = "shop", ErrorType = "2301", ErrorDescription = "Lost." };
        var descriptions = new ErrorDescriptions(
        [
            one with { Id = "c", UpdatedAt = one.UpdatedAt.AddHours(1), ErrorDescription = "The network was lost." },
            one,
            one with { Id = "b", PropertyId = "news", UpdatedAt = one.UpdatedAt.AddHours(2), ErrorDescription = "Of news." },
        ]);

        Assert.Equal("The network was lost.", descriptions.Find("shop", "2301"));
        Assert.Equal("Of news.", descriptions.Find("other", "2301"));
        Assert.Null(descriptions.Find("shop", "2302"));
    }

    [Fact]
    public void Find_OfAnIncidentThatHasOnlyTheCode_IsNothing()
    {
        var one = IncidentSamples.Sample("a") with { PropertyId = "shop", ErrorType = "2301", ErrorDescription = "2301" };

        Assert.Null(new ErrorDescriptions([one]).Find("shop", "2301"));
    }
}
