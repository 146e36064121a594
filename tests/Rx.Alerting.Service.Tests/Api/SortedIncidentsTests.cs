using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Api;
using Rx.Alerting.Service.Pages;
using Rx.Alerting.Testing;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>Orders that are kept from one state of the board to the next, beside orders that are worked out anew.</summary>
public sealed class SortedIncidentsTests
{
    [Theory]
    [InlineData(IncidentSort.Severity)]
    [InlineData(IncidentSort.Newest)]
    [InlineData(IncidentSort.Views)]
    [InlineData(IncidentSort.Rate)]
    public void By_SomeChangeComeAndGo_IsTheOrderOfAll(IncidentSort sort)
    {
        var random = new SplitMix((ulong)sort + 1);
        var order = IncidentList.Order(sort);
        var all = Enumerable.Range(0, 200).Select(i => New(random, i)).ToArray();
        SortedIncidents? earlier = null;
        for (var (round, next) = (0, all.Length); round < 100; round++, next += 10)
        {
            var sorted = new SortedIncidents(all, earlier);

            Assert.Equal(all.Order(Comparer<Incident>.Create(order)), sorted.By("it", order), ReferenceEqualityComparer.Instance);

            // From none to most of them.
            var share = random.NextDouble() / (1 + (round % 7));
            all =
            [
                .. all.Where(_ => random.NextDouble() > share / 4)
                    .Select(incident => random.NextDouble() < share ? Changed(random, incident) : incident),
                .. Enumerable.Range(next, random.Next(10)).Select(i => New(random, i)),
            ];
            earlier = sorted;
        }
    }

    [Fact]
    public void By_NothingChanges_SortsNothing()
    {
        var random = new SplitMix(7);
        var all = Enumerable.Range(0, 50).Select(i => New(random, i)).ToArray();
        var earlier = new SortedIncidents(all, null);
        var first = earlier.By("it", IncidentList.Order(IncidentSort.Views));

        var later = new SortedIncidents([.. all], earlier).By("it", (_, _) => throw new InvalidOperationException("Compared."));

        Assert.Equal(first, later, ReferenceEqualityComparer.Instance);
    }

    [Fact]
    public void By_AnotherOrderThanBefore_IsThatOne()
    {
        var random = new SplitMix(8);
        var all = Enumerable.Range(0, 50).Select(i => New(random, i)).ToArray();
        var earlier = new SortedIncidents(all, null);
        earlier.By("views", IncidentList.Order(IncidentSort.Views));

        var newest = new SortedIncidents(all, earlier).By("newest", IncidentList.Order(IncidentSort.Newest));

        Assert.Equal(all.OrderByDescending(incident => incident.StartedAt).ThenBy(incident => incident.Id, StringComparer.Ordinal), newest);
    }

    private static Incident New(SplitMix random, int number) =>
        Changed(random, IncidentSamples.Sample($"incident-{number}", minute: number % 20));

    private static Incident Changed(SplitMix random, Incident incident) => incident with
    {
        AffectedViews = random.Next(20),
        MeasuredValue = random.Next(10) / 10.0,
        Severity = (IncidentSeverity)random.Next(2),
    };
}
