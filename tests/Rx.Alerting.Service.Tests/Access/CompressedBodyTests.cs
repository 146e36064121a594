using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Access;

/// <summary>A small body can be a large one that is compressed. None is decompressed.</summary>
public sealed class CompressedBodyTests : IAsyncLifetime
{
    private readonly TemporaryFolder folder = new();
    private RunningService service = null!;

    public async ValueTask InitializeAsync() =>
        service = await RunningService.StartAsync(ScriptedSource.Silent, folder, AccessSettings.WithTokens(folder));

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [InlineData("/api/v1/control", "application/json", "gzip")]
    [InlineData("/api/v1/control", "application/json", "br")]
    [InlineData("/login", "application/x-www-form-urlencoded", "gzip")]
    [InlineData("/silences", "application/x-www-form-urlencoded", "gzip")]
    [InlineData("/silences", "application/x-www-form-urlencoded", "deflate, gzip")]
    [InlineData("/notifications/retry", "application/x-www-form-urlencoded", "zstd")]
    [InlineData("/notifications/test", "application/x-www-form-urlencoded", "gzip")]
    public async Task Body_ThatIsCompressed_IsRefused(string address, string type, string encoding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(Bomb()) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        request.Headers.Authorization = new("Bearer", AccessSettings.Admin);

        using var answer = await service.Client.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(415, (int)answer.StatusCode);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.Contains("Content-Encoding", text, StringComparison.Ordinal);
    }

    /// <summary>16 MB in a few kB.</summary>
    private static byte[] Bomb()
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.SmallestSize))
            gzip.Write(Encoding.ASCII.GetBytes("token=" + new string('a', 16 << 20)));
        return target.ToArray();
    }
}
