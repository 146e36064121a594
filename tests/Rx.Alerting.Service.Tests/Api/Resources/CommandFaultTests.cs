using System.IO.Compression;
using System.Net.Http.Headers;
using System.Text;
using Rx.Alerting.Service.Control;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>What is posted to a resource and is no command does nothing, and says what is wrong.</summary>
public sealed class CommandFaultTests(CommandFaultTests.Closing closing) : IClassFixture<CommandFaultTests.Closing>
{
    [Theory]
    [InlineData("""{"colour":"red"}""", "\"colour\":[\"is not a member of this command; there are id, by, note\"]")]
    [InlineData("""{"type":"pause"}""", "\"type\":[\"must not be given here")]
    [InlineData("""{"incident_id":"other"}""", "\"incident_id\":[\"must not be given here")]
    [InlineData("""{"note":"a","note":"b"}""", "\"note\":[\"is given twice\"]")]
    [InlineData("""{"note":7}""", "\"note\":[\"must be a text\"]")]
    [InlineData("[]", "\"body\":[\"must be a JSON object\"]")]
    [InlineData("", "\"body\":[\"is not JSON")]
    public async Task Post_WrongBody_NamesEveryFaultAndDoesNothing(string body, string expected)
    {
        var answer = await PostAsync(body);

        Assert.Equal((400, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
        Assert.Equal("open", (await closing.Service.ReadAsync(closing.Id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Post_ParameterThatThereIsNot_IsNamedAndNothingIsDone()
    {
        var answer = await closing.Service.SendAsync(
            HttpMethod.Post, $"{closing.Path}?dry_run=true", AccessSettings.Operator, "{}");

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"dry_run\":[\"is not a parameter; there is none\"]", answer.Text, StringComparison.Ordinal);
        Assert.Equal("open", (await closing.Service.ReadAsync(closing.Id)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Post_KeyAndId_AreNotBothTaken()
    {
        var answer = await PostAsync("""{"id":"a"}""", "b");

        Assert.Equal(400, answer.Status);
        Assert.Contains("\"id\":[\"must not be given here", answer.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\"\"")]
    public async Task Post_EmptyKey_IsAFault(string key) => Assert.Equal(400, (await PostAsync("{}", key)).Status);

    [Theory]
    [InlineData("gzip")]
    [InlineData("br")]
    [InlineData("deflate, gzip")]
    public async Task Post_CompressedBody_IsRefusedUnread(string encoding)
    {
        using var bomb = new MemoryStream();
        await using (var gzip = new GZipStream(bomb, CompressionLevel.SmallestSize, leaveOpen: true))
            await gzip.WriteAsync(new byte[16 << 20], TestContext.Current.CancellationToken);
        using var content = new ByteArrayContent(bomb.ToArray());
        content.Headers.ContentType = new("application/json");
        content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);

        var answer = await SendAsync(content);

        Assert.Equal((415, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Contains("Content-Encoding", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Post_LargeBody_IsRefused()
    {
        using var content = new StringContent(new string(' ', ControlMessage.MaximumBytes + 1), Encoding.UTF8, "application/json");

        Assert.Equal(413, (await SendAsync(content)).Status);
    }

    [Fact]
    public async Task Post_NoJson_IsRefused()
    {
        using var content = new StringContent("{}", Encoding.UTF8, "text/plain");

        Assert.Equal(415, (await SendAsync(content)).Status);
    }

    private Task<Answer> PostAsync(string body, string? key = null) => closing.Service.SendAsync(
        HttpMethod.Post, closing.Path, AccessSettings.Operator, body, key is null ? [] : [("Idempotency-Key", key)]);

    private async Task<Answer> SendAsync(HttpContent content)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(closing.Path, UriKind.Relative)) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", AccessSettings.Operator);
        using var response = await closing.Service.Client.SendAsync(request, TestContext.Current.CancellationToken);
        var text = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new((int)response.StatusCode, response.Content.Headers.ContentType?.MediaType, text, response.Headers);
    }

    /// <summary>An open incident, and the address that closes it.</summary>
    public sealed class Closing : IAsyncLifetime
    {
        internal RunningService Service { get; private set; } = null!;

        internal string Id { get; private set; } = null!;

        internal string Path => $"/api/v1/incidents/{Id}/close";

        public async ValueTask InitializeAsync()
        {
            Service = await FailingTitle.StartAsync();
            Id = await Service.IncidentAsync(AccessSettings.Reader);
        }

        public ValueTask DisposeAsync() => Service.DisposeAsync();
    }
}
