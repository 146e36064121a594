using Microsoft.AspNetCore.Routing;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>Monitoring asks with HEAD, and must be told what GET would be.</summary>
public sealed class HeadTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));
        await service.ShowAsync(IncidentSamples.Sample("a", IncidentStatus.Open) with { PropertyId = "p" });
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task EveryAddress_ThatAnswersGet_AnswersHeadAlikeAndWithoutABody()
    {
        var patterns = service.Endpoints
            .Where(one => one.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Select(one => one.RoutePattern.RawText!).ToList();
        Assert.True(patterns.Count > 15);
        foreach (var pattern in patterns)
        {
            var id = pattern.StartsWith("/properties/", StringComparison.Ordinal) ? "p" : "a";
            var address = pattern.Replace("{id}", id, StringComparison.Ordinal)
                .Replace("{documentName?}", string.Empty, StringComparison.Ordinal);

            var get = await service.StatusAsync(HttpMethod.Get, address, AccessSettings.Admin, null);
            var head = await service.SendAsync(HttpMethod.Head, address, AccessSettings.Admin, null);

            Assert.True(get == head.Status, $"{address} answers GET with {get}, and HEAD with {head.Status}");
            Assert.Empty(head.Text);
        }
    }
}
