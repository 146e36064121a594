using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Tests.Run;
using Rx.Alerting.Testing.Incidents;

namespace Rx.Alerting.Service.Tests.Api;

/// <summary>Incidents for spreadsheets.</summary>
public sealed class IncidentSheetTests : IAsyncLifetime
{
    private RunningService service = null!;

    public async ValueTask InitializeAsync() => service = await RunningService.StartAsync(ScriptedSource.Silent);

    public ValueTask DisposeAsync() => service.DisposeAsync();

    /// <summary>A spreadsheet runs what looks like a formula, whoever has sent it.</summary>
    [Theory]
    [InlineData("=cmd|' /C calc'!A0", "'=cmd|' /C calc'!A0")]
    [InlineData("+1", "'+1")]
    [InlineData("-1", "'-1")]
    [InlineData("@SUM(A1)", "'@SUM(A1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData(" =1", "' =1")]
    [InlineData("\u200B=1", "'\u200B=1")]
    [InlineData("＝1", "'＝1")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a;b", "\"a;b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("Film: a=b", "Film: a=b")]
    public async Task List_AsCsv_HasNoFormula(string title, string cell)
    {
        await service.ShowAsync(IncidentSamples.Sample("a", IncidentStatus.Open) with { VideoTitle = title });

        var sheet = await CsvAsync("/api/v1/incidents?format=csv");

        Assert.Contains($",{cell},", sheet, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_AsCsv_HasAllThatMatchInOrder()
    {
        await service.ShowAsync(
            [.. Enumerable.Range(0, 130).Select(number => IncidentSamples.Sample($"i{number:D3}", IncidentStatus.Open, minute: number))]);
        await service.ShowAsync(IncidentSamples.Sample("closed", IncidentStatus.Closed));

        var rows = (await CsvAsync("/api/v1/incidents?format=csv&status=open&order_by=started_at")).TrimEnd().Split("\r\n");

        Assert.StartsWith("id,status,severity,", rows[0], StringComparison.Ordinal);
        Assert.Equal(Enumerable.Range(0, 130).Select(number => $"i{number:D3}"), rows[1..].Select(row => row.Split(',')[0]));
        Assert.All(rows, row => Assert.Equal(21, row.Split(',').Length));
    }

    [Theory]
    [InlineData("format=xls", "format")]
    [InlineData("format=csv&limit=3&page=1", "limit,page")]
    public async Task List_WrongFormat_NamesTheParameter(string query, string wrong)
    {
        var (status, _, body) = await service.GetAsync($"/api/v1/incidents?{query}");

        Assert.Equal(400, status);
        Assert.Equal(wrong, string.Join(",", body.GetProperty("errors").EnumerateObject().Select(error => error.Name).Order()));
    }

    private async Task<string> CsvAsync(string address)
    {
        using var response = await service.Client.GetAsync(new Uri(address, UriKind.Relative), TestContext.Current.CancellationToken);
        Assert.Equal("text/csv", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("attachment", response.Content.Headers.ContentDisposition?.DispositionType);
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }
}
