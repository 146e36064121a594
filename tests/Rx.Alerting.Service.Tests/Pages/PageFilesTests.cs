using System.Net;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Pages;

/// <summary>Files that pages refer to.</summary>
public sealed class PageFilesTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Pages_ReferToFilesOfTheirOwnOnly_WhichAreKept()
    {
        var html = (await service.PageAsync("/")).Html;
        var files = PageReader.Links(html).Where(link => link.StartsWith("/assets/", StringComparison.Ordinal)).ToList();

        Assert.Equal(3, files.Count);
        foreach (var file in files)
        {
            using var answer = await service.Client.GetAsync(new Uri(file, UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Contains("immutable", answer.Headers.CacheControl?.ToString(), StringComparison.Ordinal);
            Assert.InRange((await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken)).Length, 100, 40_000);
        }

        Assert.DoesNotMatch(" style=| on[a-z]+=|<style", html);
    }
}
