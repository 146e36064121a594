using System.Text;
using System.Text.Json;
using Rx.Alerting.Core.Control;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Tests.Control;

public sealed class ControlMessageTests
{
    public static TheoryData<string> Examples => [.. Blocks().Where(block => block.Contains("\"id\"", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Examples))]
    public void Parse_ExampleOfTheDocument_IsUnderstood(string example)
    {
        var request = Parse(example, out var faults);

        Assert.Empty(faults);
        Assert.StartsWith("7f", request!.Id, StringComparison.Ordinal);
    }

    [Fact]
    public void Examples_OfTheDocument_HaveEveryType()
    {
        Parse("""{"id":"a","by":"b","type":"none"}""", out var faults);

        var shown = Examples.Select(row => JsonDocument.Parse(row.Data).RootElement.GetProperty("type").GetString()!).Distinct();
        Assert.Equal(faults[0].Split("one of ")[1].Split(", ").Order(), shown.Order());
    }

    [Fact]
    public void Reply_OfTheDocument_IsTheContract()
    {
        var example = Blocks().Single(block => block.Contains("command_id", StringComparison.Ordinal));

        var reply = ControlJson.Read(Encoding.UTF8.GetBytes(example))!;

        Assert.Equal((ReplyStatus.Done, ReplyStatus.Refused), (reply.Status, reply.Pipelines[0].Status));
        using var expected = JsonDocument.Parse(example);
        using var written = JsonDocument.Parse(ControlJson.Write(reply));
        Assert.True(JsonElement.DeepEquals(expected.RootElement, written.RootElement));
    }

    [Fact]
    public void Parse_Silence_HasEveryMember()
    {
        var request = Parse(
            """
            {"id":"s","by":"ann","type":"silence","property":"p*","title":"t","error_type":"e","comment":"why",
             "starts_at":"2026-01-02T03:04:05+01:00","duration":"1.5h"}
            """,
            out _);

        var expected = new SilenceCommand("s", "ann", new("p*", "t", "e"), "why")
        {
            StartsAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
            Duration = TimeSpan.FromMinutes(90),
        };
        Assert.Equal(expected, Assert.IsType<StreamAction>(request!.Action).Command);
    }

    [Fact]
    public void Parse_ManyFaults_TellsAllOfThem()
    {
        Parse(
            """{"id":7,"type":"silence","property":"","duration":"soon","ends_at":"2026-01-02T03:04:05","by":" ","by":"x","color":1}""",
            out var faults);

        Assert.Equal(
            [
                "by is given twice",
                "id must be a text",
                "by must have 1 to 500 characters",
                "property must have 1 to 500 characters",
                "comment must be given, with 1 to 2000 characters",
                "ends_at must be a time with its offset, such as 2026-11-25T08:00:00Z",
                "duration must be a span of time such as 250ms, 30s, 2m, 1.5h, 7d or 00:02:00",
                "duration or ends_at must be given, and not both",
                "color is not a member of this command; there are id, by, type, property, title, error_type, comment, starts_at, "
                + "ends_at, duration",
            ],
            faults);
    }

    [Theory]
    [InlineData("", "body is not JSON")]
    [InlineData("{", "body is not JSON")]
    [InlineData("{} {}", "body is not JSON")]
    [InlineData("[]", "body must be a JSON object")]
    [InlineData("null", "body must be a JSON object")]
    [InlineData("""{"id":"\ud800","by":"b","type":"status"}""", "id must be a text")]
    [InlineData("""{"\ud800":1}""", "body is not JSON")]
    [InlineData("""{"id":"a","by":"b"}""", "type must be given")]
    [InlineData("""{"id":"a","by":"b","type":"Silence"}""", "type is “Silence”, must be one of acknowledge, close,")]
    [InlineData("""{"id":"a","by":"b","type":"close"}""", "incident_id must be given")]
    [InlineData("""{"id":"a","by":"b","type":"silence","comment":"c","duration":"1h"}""", "property or title or error_type must be given")]
    [InlineData("""{"id":"a","by":"b","type":"status","note":"n"}""", "note is not a member of this command; there are id, by, type")]
    [InlineData("""{"by":"b","type":"status"}""", "id must be given")]
    [InlineData("""{"id":"a","by":"b","type":"dump-incidents","all":"yes"}""", "all must be true or false")]
    [InlineData("""{"id":"a","by":"b","type":"dump-incidents","property":"p"}""", "property is not a member of this command")]
    [InlineData("""{"id":"a","by":"b","type":"dump-error-rates","property":7}""", "property must be a text")]
    public void Parse_Wrong_SaysWhat(string message, string expected)
    {
        Assert.Null(Parse(message, out var faults));

        Assert.StartsWith(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("null", "options must be given, an object with options such as \"Detection:MinimumErrors\": 7")]
    [InlineData("[1]", "options must be given, an object with options such as \"Detection:MinimumErrors\": 7")]
    [InlineData("{}", "options has 0 options, must have 1 to 100")]
    [InlineData("""{"Detection:MinimumErrors":{}}""", "Detection:MinimumErrors is “{}”, must be a whole number")]
    [InlineData("""{"Detection:MinimumErrors":[7]}""", "Detection:MinimumErrors is “[7]”, must be a whole number")]
    [InlineData("""{"Detection:MinimumErrors":true}""", "Detection:MinimumErrors is “yes”, must be a whole number")]
    [InlineData("""{"Detection:MinimumErrors":7.0}""", "Detection:MinimumErrors is “7.0”, must be a whole number")]
    [InlineData("""{"Detection:MinimumErrors":"\ud800"}""", "Detection:MinimumErrors is “”, must be a whole number")]
    [InlineData("""{"Detection:MinimumErrors":-5}""", "Detection:MinimumErrors is -5, must be from 1 to 1000000")]
    [InlineData("""{"Detection:TailProbability":1e999}""", "Detection:TailProbability is “1e999”, must be a number such as 0.05")]
    [InlineData("""{"Detection:TailProbability":"NaN"}""", "Detection:TailProbability is “NaN”, must be a number such as 0.05")]
    [InlineData("""{"Incidents:UpdateInterval":300}""", "Incidents:UpdateInterval is “300”, must be a span of time such as 250ms")]
    [InlineData("""{"Detection:MinimumErrors":7,"detection:minimumerrors":8}""", "detection:minimumerrors is given twice")]
    [InlineData("""{"\ud800":1}""", "body is not JSON")]
    public void Parse_SetOptionsWrong_SaysWhat(string options, string expected)
    {
        Assert.Null(Parse($$$"""{"id":"a","by":"b","type":"set-options","options":{{{options}}}}""", out var faults));

        Assert.StartsWith(expected, Assert.Single(faults), StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SetOptionsThatAreNone_NamesThemWithoutTheirValuesAndWhatCanBeSet()
    {
        Parse(
            """{"id":"a","by":"b","type":"set-options","options":{"RabbitMq:Uri":"amqp://u:pw@h","Windows:PaneInterval":"1s","X":1}}""",
            out var faults);

        Assert.Equal(
            [
                "RabbitMq:Uri cannot be set while the service runs", "Windows:PaneInterval cannot be set while the service runs",
                "X cannot be set while the service runs",
            ],
            faults.SkipLast(1));
        Assert.StartsWith("options can be Detection:TailProbability, ", faults[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_SetThousandsOfOptions_IsOneFault()
    {
        var options = string.Join(',', Enumerable.Range(0, 6000).Select(i => $"\"{i}\":1"));

        Parse($$$"""{"id":"a","by":"b","type":"set-options","options":{{{{options}}}}}""", out var faults);

        Assert.Equal("options has 6000 options, must have 1 to 100", Assert.Single(faults));
    }

    [Fact]
    public void Parse_NoUtf8_IsAFault()
    {
        var message = Encoding.Latin1.GetBytes("""{"id":"ÿ","by":"b","type":"status"}""");

        Assert.Null(ControlMessage.Parse(message, null, out var faults));

        Assert.Contains(faults, fault => fault is { Member: "id", Problem: "must be a text" });
    }

    [Theory]
    [InlineData(ControlMessage.MaximumBytes, true)]
    [InlineData(ControlMessage.MaximumBytes + 1, false)]
    public void Parse_Size_IsBounded(int bytes, bool isTaken)
    {
        var message = """{"id":"a","by":"b","type":"status"}""".PadRight(bytes);

        Assert.Equal(isTaken, Parse(message, out var faults) is not null);
        Assert.All(faults, fault => Assert.Equal($"body has {bytes} bytes, must have at most 65536", fault));
    }

    [Theory]
    [InlineData("""{"by":"b","type":"status"}""", "other")]
    [InlineData("""{"id":null,"by":"b","type":"status"}""", "other")]
    [InlineData("""{"id":"own","by":"b","type":"status"}""", "own")]
    public void Parse_OtherId_CountsWhereThereIsNone(string message, string expected) =>
        Assert.Equal(expected, ControlMessage.Parse(Encoding.UTF8.GetBytes(message), "other", out _)!.Id);

    private static ControlRequest? Parse(string message, out IReadOnlyList<string> faults)
    {
        var request = ControlMessage.Parse(Encoding.UTF8.GetBytes(message), null, out var all);
        faults = [.. all.Select(fault => fault.ToString())];
        return request;
    }

    private static IEnumerable<string> Blocks() => File.ReadAllText(Repository.PathOf("docs", "control.md"))
        .Split("```json").Skip(1).Select(block => block.Split("```")[0]);
}
