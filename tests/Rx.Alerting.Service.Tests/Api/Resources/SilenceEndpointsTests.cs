using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>Silences and maintenance windows as resources, with a real pipeline behind them.</summary>
public sealed class SilenceEndpointsTests : IAsyncLifetime
{
    private const string Silences = "/api/v1/silences", Windows = "/api/v1/maintenance-windows";

    private const string Silence = """{"id":"s","property":"mine","duration":"2h","comment":"CDN moves"}""";

    private const string Window =
        """
        {"id":"w","property":"shop-*","cron":"0 3 * * SUN","time_zone":"Europe/Berlin","duration":"90m","comment":"=Releases"}
        """;

    private RunningService service = null!;

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        await service.IncidentAsync(AccessSettings.Reader); // Event time has begun.
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Fact]
    public async Task Silence_FromItsPreviewToItsEnd_IsAResource()
    {
        var preview = await PostAsync($"{Silences}/preview", Silence);
        var before = await ListAsync(Silences);
        var made = await PostAsync(Silences, Silence);
        var active = await service.AskAsync(made.Headers.Location!.ToString(), AccessSettings.Reader);
        var ended = await PostAsync($"{Silences}/s/expire", """{"note":"done early"}""");
        var expired = await service.AskAsync($"{Silences}/s", AccessSettings.Reader);

        Assert.Equal((200, 1, 1), (preview.Status, Number(preview, "total_row_count"), Number(preview, "open_row_count")));
        Assert.Equal("mine", preview.Body.GetProperty("data")[0].GetProperty("property_id").GetString());
        Assert.Empty(before);
        Assert.Equal((201, $"{Silences}/s"), (made.Status, made.Headers.Location!.ToString()));
        Assert.Equal(("active", "operating", "CDN moves"), (Data(active, "status"), Data(active, "by"), Data(active, "comment")));
        Assert.Equal(200, ended.Status);
        Assert.Equal(("expired", "operating", "done early"), (Data(expired, "status"), Data(expired, "ended_by"), Data(expired, "note")));
    }

    [Fact]
    public async Task MaintenanceWindows_FromTheirPreviewToTheirEnd_AreAResource()
    {
        var preview = await PostAsync($"{Windows}/preview", Window);
        var made = await PostAsync(Windows, Window);
        var coming = await service.AskAsync($"{Windows}/w", AccessSettings.Reader);
        var csv = await service.AskAsync($"{Windows}?format=csv", AccessSettings.Reader);
        var ended = await PostAsync($"{Windows}/w/expire", "{}");

        Assert.Equal((200, 0), (preview.Status, Number(preview, "total_row_count")));
        Assert.Equal((201, 200), (made.Status, ended.Status));
        Assert.Equal(
            ("pending", "0 3 * * SUN", "Europe/Berlin"), (Data(coming, "status"), Data(coming, "cron"), Data(coming, "time_zone")));
        Assert.Contains("w,pending,operating,'=Releases,shop-*", csv.Text, StringComparison.Ordinal);
        Assert.Equal(["w expired"], await ListAsync(Windows));
        Assert.Empty(await ListAsync($"{Windows}?status=active&status=pending"));
        Assert.Empty(await ListAsync(Silences));
    }

    [Fact]
    public async Task Create_Repeated_MakesOneSilence()
    {
        var first = await PostAsync(Silences, Silence);
        var again = await PostAsync(Silences, Silence);

        Assert.Equal((201, 201), (first.Status, again.Status));
        Assert.Equal(first.Text, again.Text);
        Assert.Equal(["s active"], await ListAsync(Silences));
    }

    [Fact]
    public async Task Silence_WhoseIdHasASlash_IsFoundAtItsLocation()
    {
        var made = await PostAsync(Silences, Silence.Replace("\"s\"", "\"a/b c\"", StringComparison.Ordinal));

        var found = await service.AskAsync(made.Headers.Location!.OriginalString, AccessSettings.Reader);

        Assert.Equal((200, "a/b c"), (found.Status, Data(found, "id")));
        Assert.Equal(200, (await PostAsync($"{made.Headers.Location!.OriginalString}/expire", "{}")).Status);
    }

    [Fact]
    public async Task Silences_OfOtherProperties_AreNotThereForATokenOfOne()
    {
        await PostAsync(Silences, Silence);
        await PostAsync(Silences, """{"id":"t","property":"theirs","duration":"2h","comment":"secret"}""");
        await PostAsync(Silences, """{"id":"p","property":"mi*","duration":"2h","comment":"secret"}""");

        var list = await service.AskAsync(Silences, AccessSettings.Scoped);
        var csv = await service.AskAsync($"{Silences}?format=csv", AccessSettings.Scoped);

        Assert.Equal(1, Number(list, "total_row_count"));
        Assert.DoesNotContain("secret", list.Text + csv.Text, StringComparison.Ordinal);
        Assert.Equal(404, (await service.AskAsync($"{Silences}/t", AccessSettings.Scoped)).Status);
        Assert.Equal(404, (await PostAsync(Silences, """{"property":"theirs","duration":"2h","comment":"c"}""", Scoped)).Status);
        Assert.Equal(404, (await PostAsync($"{Silences}/preview", """{"property":"*","duration":"2h","comment":"c"}""", Scoped)).Status);
        Assert.Equal(404, (await PostAsync($"{Silences}/t/expire", "{}", Scoped)).Status);
        Assert.Equal(403, (await PostAsync($"{Silences}/s/expire", "{}", Scoped)).Status);
        Assert.Equal(3, (await ListAsync(Silences)).Length);
    }

    [Theory]
    [InlineData("""{"property":"p","comment":"c"}""", "\"duration\":[\"or ends_at must be given, and not both\"]")]
    [InlineData("""{"duration":"2h","comment":"c"}""", "\"property\":[\"or title or error_type must be given")]
    [InlineData("""{"property":"p","duration":"2h","comment":"c","cron":"x"}""", "\"cron\":[\"is not a member")]
    [InlineData("""{"property":"p","duration":"soon","comment":"c"}""", "\"duration\":[\"must be")]
    public async Task Create_AndPreview_OfAWrongSilence_NameTheFault(string body, string expected)
    {
        foreach (var path in new[] { Silences, $"{Silences}/preview" })
        {
            var answer = await PostAsync(path, body);

            Assert.Equal(400, answer.Status);
            Assert.Contains(expected, answer.Text, StringComparison.Ordinal);
        }

        Assert.Empty(await ListAsync(Silences));
    }

    [Fact]
    public async Task Create_WhatThePipelineRefuses_IsNotTakenForMade()
    {
        var answer = await PostAsync(Silences, """{"property":"p","ends_at":"2001-01-01T00:00:00Z","comment":"c"}""");

        Assert.Equal((409, "application/problem+json"), (answer.Status, answer.Type));
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData(Silences, "none")]
    [InlineData(Windows, "s")]
    public async Task Silence_ThatThereIsNot_IsNotFound(string path, string id)
    {
        await PostAsync(Silences, Silence);

        foreach (var answer in new[]
        {
            await service.AskAsync($"{path}/{id}", AccessSettings.Reader),
            await PostAsync($"{path}/{id}/expire", "{}"),
        })
        {
            Assert.Equal(404, answer.Status);
            Assert.Contains("no-such-silence", answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(["s active"], await ListAsync(Silences));
    }

    private static string Scoped => AccessSettings.Scoped;

    private static int Number(Answer answer, string member) => answer.Body.GetProperty(member).GetInt32();

    private static string? Data(Answer answer, string member) => answer.Body.GetProperty("data").GetProperty(member).GetString();

    private async Task<string[]> ListAsync(string path) =>
    [
        .. (await service.AskAsync(path, AccessSettings.Reader)).Body.GetProperty("data").EnumerateArray()
            .Select(one => $"{one.GetProperty("id").GetString()} {one.GetProperty("status").GetString()}"),
    ];

    private Task<Answer> PostAsync(string path, string body, string? token = null) =>
        service.SendAsync(HttpMethod.Post, path, token ?? AccessSettings.Operator, body);
}
