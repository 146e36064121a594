using System.Text.Json;
using Rx.Alerting.Service.Tests.Access;
using Rx.Alerting.Service.Tests.Forms;
using Rx.Alerting.Service.Tests.Run;

namespace Rx.Alerting.Service.Tests.Api.Resources;

/// <summary>A preview refuses what making refuses, and what is wrong by itself is told before anything is remembered.</summary>
public sealed class SilenceRefusalTests : IAsyncLifetime
{
    private const string Silences = "/api/v1/silences", Windows = "/api/v1/maintenance-windows";

    private const string Window = """{"id":"w","property":"p","cron":"0 3 * * SUN","time_zone":"UTC","duration":"90m","comment":"c"}""";

    private RunningService service = null!;

    /// <summary>A body for an address, and what is said of each wrong member.</summary>
    public static TheoryData<string, string, string[]> Wrong { get; } = new()
    {
        {
            Windows,
            """{"property":"40361","cron":"nope","time_zone":"Mars/X","duration":"400d","comment":"x"}""",
            [
                "\"cron\":[\"must be minute, hour, day of month, month and day of week, such as 0 3 * * SUN\"]",
                "\"time_zone\":[\"must be a time zone that this machine knows, such as Europe/Berlin\"]",
                "\"duration\":[\"must be from 1m to 365d\"]",
            ]
        },
        {
            Windows,
            """{"property":"p","cron":"0 3 30 2 *","time_zone":"localtime","duration":"1s","until":"soon","colour":1,"comment":"x"}""",
            [
                "\"cron\":[\"must name a day that comes",
                "\"time_zone\":[\"must be a time zone",
                "\"duration\":[\"must be from 1m to 365d\"]",
                "\"until\":[\"must be a time with its offset", "\"colour\":[\"is not a member",
            ]
        },
        {
            Silences,
            """{"property":"p","duration":"99999d","comment":"x"}""",
            ["\"duration\":[\"must be longer than 0s, and not longer than 365d\"]"]
        },
        {
            Silences,
            """{"property":"p","duration":"0s","comment":"x"}""",
            ["\"duration\":[\"must be longer than 0s, and not longer than 365d\"]"]
        },
        {
            Silences,
            """{"property":"p","starts_at":"2030-01-02T00:00:00Z","ends_at":"2030-01-02T00:00:00Z","comment":"x"}""",
            ["\"ends_at\":[\"must be after starts_at\"]"]
        },
    };

    /// <summary>What the event time of the stream speaks against.</summary>
    public static TheoryData<string, string, string> Untimely { get; } = new()
    {
        { Silences, "\"ends_at\":\"2020-01-01T00:00:00Z\"", "ends_at must be after the event time of the stream" },
        { Silences, "\"ends_at\":\"2099-01-01T00:00:00Z\"", "ends_at must be within 365d of the start" },
        {
            Silences, "\"starts_at\":\"2099-01-01T00:00:00Z\",\"duration\":\"1h\"",
            "starts_at must be within 365d of the event time of the stream"
        },
        {
            Silences, "\"starts_at\":\"2020-01-01T00:00:00Z\",\"duration\":\"1h\"",
            "starts_at must be later, or the silence longer: it would end before the event time of the stream"
        },
        {
            Windows, "\"cron\":\"0 3 * * *\",\"time_zone\":\"UTC\",\"duration\":\"1h\",\"until\":\"2020-01-01T00:00:00Z\"",
            "until must be later: there is no window to come"
        },
    };

    public async ValueTask InitializeAsync()
    {
        service = await FailingTitle.StartAsync();
        await service.IncidentAsync(AccessSettings.Reader); // Event time has begun.
    }

    public ValueTask DisposeAsync() => service.DisposeAsync();

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WrongBody_WhereverItIsSent_NamesEveryWrongMember(string path, string body, string[] expected)
    {
        var type = path == Silences ? "silence" : "maintenance";
        foreach (var answer in new[]
        {
            await PostAsync($"{path}/preview", body),
            await PostAsync(path, body),
            await service.CommandAsync($$"""{"type":"{{type}}",{{body[1..]}}""", AccessSettings.Operator),
        })
        {
            Assert.Equal((400, "application/problem+json"), (answer.Status, answer.Type));
            Assert.Contains("wrong-command", answer.Text, StringComparison.Ordinal);
            Assert.All(expected, fault => Assert.Contains(fault, answer.Text, StringComparison.Ordinal));
            Assert.Equal(expected.Length, answer.Body.GetProperty("errors").EnumerateObject().Count());
        }
    }

    [Theory]
    [MemberData(nameof(Untimely))]
    public async Task Preview_OfWhatThePipelineRefuses_HasTheProblemOfMaking(string path, string members, string expected)
    {
        var body = $$"""{"property":"p","comment":"c",{{members}}}""";

        var previewed = await PostAsync($"{path}/preview", body);
        var made = await PostAsync(path, body);

        Assert.Equal(409, made.Status);
        Assert.Contains(expected, made.Body.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal((made.Status, made.Type, made.Text), (previewed.Status, previewed.Type, previewed.Text));
    }

    [Fact]
    public async Task Preview_OfOneSilenceTooMany_HasTheProblemOfMaking()
    {
        var folder = new TemporaryFolder();
        await using var full = await RunningService.StartAsync(
            FailingTitle.Source, folder, AccessSettings.WithTokens(folder, ("Control:MaximumSilences", "1")));
        await full.IncidentAsync(AccessSettings.Reader);
        const string body = """{"property":"p","duration":"1h","comment":"c"}""";
        Assert.Equal(201, (await full.SendAsync(HttpMethod.Post, Silences, AccessSettings.Operator, body)).Status);

        var made = await full.SendAsync(HttpMethod.Post, Silences, AccessSettings.Operator, body);
        var previewed = await full.SendAsync(HttpMethod.Post, $"{Silences}/preview", AccessSettings.Operator, body);

        Assert.Contains("there are 1 silences, the most that Control:MaximumSilences allows", made.Text, StringComparison.Ordinal);
        Assert.Equal((409, made.Text), (previewed.Status, previewed.Text));
    }

    [Theory]
    [InlineData("\"UTC\"", "\"Mars/X\"")]
    [InlineData("0 3 * * SUN", "at night")]
    [InlineData("90m", "3s")]
    [InlineData("90m", "400d")]
    public async Task CorrectedBody_WithTheIdOfAWrongOne_IsTaken(string right, string wrong)
    {
        Assert.Equal(400, (await PostAsync(Windows, Window.Replace(right, wrong, StringComparison.Ordinal))).Status);

        Assert.Equal(201, (await PostAsync(Windows, Window)).Status);
    }

    [Theory]
    [InlineData(".")]
    [InlineData("..")]
    [InlineData("a%2Fb")]
    [InlineData("a%2fb")]
    [InlineData("a\\u0000")]
    [InlineData("a\\u001fb")]
    [InlineData("\\u007f")]
    public async Task Id_ThatCannotStandInAnAddress_IsAFault(string id)
    {
        var silence = await PostAsync(Silences, $$"""{"id":"{{id}}","property":"p","duration":"1h","comment":"c"}""");
        var window = await PostAsync(Windows, Window.Replace("\"w\"", $"\"{id}\"", StringComparison.Ordinal));

        foreach (var answer in new[] { silence, window })
        {
            Assert.Equal(400, answer.Status);
            Assert.Contains("\"id\":[\"becomes part of an address, so it must", answer.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("... !\\\"#$&'()*+,-/:;<=>?@[\\\\]^_`{|}~ ü 🎬")]
    [InlineData("50%")]
    [InlineData("a%41")]
    [InlineData("%252F")]
    [InlineData("a/../b//c/")]
    [InlineData("preview")]
    public async Task Id_OfAnyOtherText_IsFoundAtItsLocation(string id)
    {
        var made = await PostAsync(Silences, $$"""{"id":"{{id}}","property":"p","duration":"1h","comment":"c"}""");
        var location = made.Headers.Location!.OriginalString;

        var found = await service.AskAsync(location, AccessSettings.Reader);
        var ended = await PostAsync($"{location}/expire", "{}");

        Assert.Equal((201, 200, 200), (made.Status, found.Status, ended.Status));
        Assert.Equal(
            JsonDocument.Parse($"\"{id}\"").RootElement.GetString(), found.Body.GetProperty("data").GetProperty("id").GetString());
    }

    private Task<Answer> PostAsync(string path, string body) => service.SendAsync(HttpMethod.Post, path, AccessSettings.Operator, body);
}
