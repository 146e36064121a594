using System.Net.Http.Headers;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>Whoever asks again and again is told that nothing has changed.</summary>
public sealed class TaggedAnswerTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await RunningService.StartAsync(ScriptedSource.Silent);
        await service.ShowAsync(IncidentSamples.Sample("a", IncidentStatus.Open));
        await service.UntilNothingIsMissingAsync();
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/incidents")]
    [InlineData("/api/v1/incidents?status=open")]
    [InlineData("/api/v1/incidents/a")]
    public async Task Get_WithTheTagOfTheAnswer_IsNotModifiedUntilItIs(string address)
    {
        var (_, tag) = await GetAsync(address);
        Assert.Equal((304, tag), await GetAsync(address, tag));
        Assert.Equal((304, tag), await GetAsync(address, "*"));
        Assert.Equal((200, tag), await GetAsync(address, "\"another\""));

        await service.ShowAsync(IncidentSamples.Sample("a", IncidentStatus.Open, minute: 5, affected: 99));

        var (status, other) = await GetAsync(address, tag);
        Assert.Equal(200, status);
        Assert.NotEqual(tag, other);
    }

    [Fact]
    public async Task Get_OtherQuestion_HasAnotherTag() => Assert.NotEqual(
        (await GetAsync("/api/v1/incidents?status=open")).Tag, (await GetAsync("/api/v1/incidents?status=closed")).Tag);

    private async Task<(int Status, string? Tag)> GetAsync(string address, string? known = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (known is not null)
            request.Headers.IfNoneMatch.Add(known == "*" ? EntityTagHeaderValue.Any : EntityTagHeaderValue.Parse(known));
        using var response = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)response.StatusCode, response.Headers.ETag?.ToString());
    }
}
