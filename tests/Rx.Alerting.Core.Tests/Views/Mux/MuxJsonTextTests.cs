using System.Text;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

/// <summary>Faulty texts and values that must not reject the view.</summary>
public sealed class MuxJsonTextTests
{
    private readonly MuxJsonDecoder decoder = new();

    [Theory]
    [InlineData("half \\ud83d", "half \uFFFD")]
    [InlineData("\\ud83d half", "\uFFFD half")]
    [InlineData("\\ude00", "\uFFFD")]
    [InlineData("\\ud83d\\ud83d\\ude00", "\uFFFD😀")]
    [InlineData("\\ud83d\\u0041", "\uFFFDA")]
    [InlineData("\\ud83d\\n", "\uFFFD\n")]
    [InlineData("\\ud83d\\u12", "\uFFFD\\u12")]
    [InlineData("\\ud83d\\ude00", "😀")]
    [InlineData("a\tb", "a\tb")]
    [InlineData("a\nb\u0000c\u001f", "a\nb\u0000c\u001f")]
    [InlineData("\\x41\\'\\u12g4", "\\x41\\'\\u12g4")]
    [InlineData("\\\t", "\\\t")]
    [InlineData("\\\\x41 \\\"", "\\x41 \"")]
    [InlineData("a \u00ff b", "a \uFFFD b")]
    [InlineData("a\u00c3", "a\uFFFD")]
    [InlineData("\\u00e9\u00e9", "é\uFFFD")]
    [InlineData("\u00f0\u009f\u0098\u0080", "😀")]
    public void Decode_OddText_IsMendedAlikeInKeysAndInTextsForPeople(string latin1, string expected)
    {
        var failed = Decode($$"""{{Keys(latin1)}},"error_type":"{{latin1}}","player_error_message":"{{latin1}}","cdn":"{{latin1}}" """);
        Assert.Equal(
            Enumerable.Repeat(expected, 6),
            [
                failed.Property(),
                failed.Title(),
                failed.VideoTitle(),
                failed.ErrorType(),
                failed.Message(),
                failed.Dimension(Dimension.Cdn),
            ]);

        var succeeded = Decode($"{Keys(latin1)},\"cdn\":\"c\"");
        Assert.Equal((expected, expected, null), (succeeded.Property(), succeeded.Title(), succeeded.ErrorType()));

        static string Keys(string text) => $"\"property_id\":\"{text}\",\"video_title\":\"{text}\"";
    }

    [Fact]
    public void Decode_OddTextInFieldsNobodyNeeds_IsPassedOver() =>
        Assert.Equal("p", Decode("""
            "property_id":"p","a":"\ud83d \x
            ","b":[{"c\xfe":"\ud83d\'"}],"é\q":NaN,"d":[NaN,-Infinity,{"e":Infinity}]
            """).Property());

    [Theory]
    [InlineData("17.5", "17.5")]
    [InlineData("17.0", "17")]
    [InlineData("true", "true")]
    [InlineData("false", "")]
    [InlineData("null", "")]
    [InlineData("NaN", "")]
    [InlineData("{ }", "")]
    [InlineData("[[],{}]", "")]
    [InlineData("""{"name": "fästly", "x": [1]}""", """{"name": "fästly", "x": [1]}""")]
    public void Decode_TextOfAnotherType_IsTakenAsItIsWritten(string value, string expected)
    {
        var batch = decoder.Decode(
            $$"""{"property_id":"p","view_end":1431857103,"error_type":7,"player_error_message":{{value}},"""
            + $$""" "cdn":{{value}},"video_title":{{value}},"video_id":{{value}} }""");
        Assert.Equal("7", batch.ErrorType());
        Assert.Equal(Enumerable.Repeat(expected, 4), [batch.Message(), batch.Dimension(Dimension.Cdn), batch.VideoTitle(), batch.Title()]);
    }

    [Theory]
    [InlineData("\"error_type\":true", "true")]
    [InlineData("\"error_type\":{\"code\":7}", "{\"code\":7}")]
    [InlineData("\"error_type\":[7]", "[7]")]
    [InlineData("\"error_type\":false", null)]
    [InlineData("\"error_type\":[]", null)]
    [InlineData("\"error_type\":NaN", null)]
    [InlineData("\"error_type\":0.0", null)]
    [InlineData("\"error_type\":-0", null)]
    [InlineData("\"error_type\":0e7", null)]
    [InlineData("\"error_type\":-Infinity", null)]
    [InlineData("\"error_type\":null", null)]
    [InlineData("\"error_type\":\"\"", null)]
    [InlineData("\"error_type\":\"0\"", null)]
    [InlineData("\"error_type\":\"0.0\"", "0.0")]
    [InlineData("\"error_type\":\"NaN\"", "NaN")]
    [InlineData("\"error_type\":\"false\"", "false")]
    [InlineData("\"playback_failure_error_type_id\":NaN,\"error_type\":7", null)]
    [InlineData("\"playback_failure_error_type_id\":{\"id\":7}", "{\"id\":7}")]
    [InlineData("\"video_startup_failure\":1", "video_startup_failure")]
    [InlineData("\"video_startup_failure\":\"True\"", "video_startup_failure")]
    [InlineData("\"video_startup_failure\":\"1\"", "video_startup_failure")]
    [InlineData("\"video_startup_failure\":0.0", null)]
    [InlineData("\"video_startup_failure\":[]", null)]
    [InlineData("\"video_startup_failure\":\"no\"", null)]
    public void Decode_OutcomeOfAnotherType_SaysWhetherTheViewFailed(string fields, string? expected) =>
        Assert.Equal(expected, Decode($"\"property_id\":\"p\",{fields}").ErrorType());

    [Theory]
    [InlineData("Uncaught \"x\" in y")]
    [InlineData("\"")]
    [InlineData("\"\"")]
    [InlineData("ends in \"foo\"")]
    [InlineData("in \"foo\", line 3")]
    [InlineData("in \"foo\", \"bar\"")]
    [InlineData("body {\"code\":7}")]
    [InlineData("a\"} b")]
    [InlineData("a \\\" b \"")]
    public void Decode_UnescapedQuotesInAText_CostNoView(string text)
    {
        var first = Decode($"\"player_error_message\":\"{text}\",\"error_type\":\"{text}\",\"property_id\":\"p\",\"cdn\":\"c\"");
        var last = Decode(
            $"\"error_type\":\"{text}\" , \"property_id\":\"p\",\"cdn\":\"c\",\"x\":\"{text}\" , \"player_error_message\" : \"{text}\" ");
        foreach (var batch in new[] { first, last })
        {
            var expected = text.Replace("\\\"", "\"", StringComparison.Ordinal);
            Assert.Equal(
                ("p", expected, "c", expected), (batch.Property(), batch.ErrorType(), batch.Dimension(Dimension.Cdn), batch.Message()));
        }
    }

    [Theory]
    [InlineData("\"property_id\":\"p \"q\" r\"")]
    [InlineData("\"property_id\":\"p\",\"cdn\":\"in \"foo\" line 3")]
    [InlineData("\"property_id\":\"p\",\"cdn\":\"c{\"property_id\":\"q\",\"view_end\":1431857103,\"cdn\":\"d\"")]
    [InlineData("\"property_id\":\"p\",\"cdn\":\"c\"}{\"property_id\":\"q\",\"view_end\":1431857103,\"cdn\":\"d\"")]
    public void Decode_UnescapedQuotesInAPropertyOrInTornRecords_AreMalformed(string fields) =>
        Assert.Equal(RejectionReason.Malformed, Decode(fields).Reason());

    [Theory]
    [InlineData("\"cdn\":\"C:\\\"", "C:\\")]
    [InlineData("\"cdn\":\"C:\\\",\"x\":\"D:\\\",\"y\":\"\\\"", "C:\\")]
    [InlineData("\"cdn\":\"C:\\\",", "C:\\")]
    [InlineData("\"cdn\":\"a \\\"b\\\" c\",", "a \"b\" c")]
    [InlineData("\"cdn\":\"a \"b\"\" , ", "a \"b\"")]
    [InlineData("\"cdn\":\"c\",", "c")]
    [InlineData("\"cdn\":'it''s'", "it''s")]
    [InlineData("\"x\":'a, {\"b\": \"c\"}',\"cdn\":'it\"s', ", "it\"s")]
    [InlineData("\"cdn\":fastly", "fastly")]
    [InlineData("\"cdn\":+5,\"x\":+5", "+5")]
    [InlineData("\"cdn\":.5,\"x\":.5", ".5")]
    [InlineData("\"cdn\":0x1F,\"x\":0x1F", "0x1F")]
    [InlineData("\"cdn\": 01234 ,\"x\":01234", "01234")]
    [InlineData("\"cdn\":,\"x\":", "")]
    [InlineData("\"cdn\":None,\"x\":None,\"video_id\":None", "")]
    [InlineData("\"x\":undefined,\"cdn\":undefined", "")]
    [InlineData("\"x\":[{a:undefined,'b':None,\"c\":\"]\"}],\"cdn\":\"c\"", "c")]
    public void Decode_WholeRecordWithOddValues_CostsNoView(string fields, string expected)
    {
        var failed = Decode($"\"property_id\":\"p\",\"error_type\":7,{fields}");
        Assert.Equal(("p", "7", expected), (failed.Property(), failed.ErrorType(), failed.Dimension(Dimension.Cdn)));
        Assert.Null(Decode($"\"property_id\":\"p\",\"error_type\":null,{fields}").ErrorType());
    }

    [Theory]
    [InlineData("fatal", "fatal")]
    [InlineData("'fatal'", "fatal")]
    [InlineData("+5", "+5")]
    [InlineData("''", null)]
    [InlineData("'0'", null)]
    [InlineData("00", null)]
    [InlineData("0x0", null)]
    [InlineData("", null)]
    [InlineData("None", null)]
    [InlineData("False", null)]
    [InlineData("NULL", null)]
    public void Decode_OddErrorType_SaysWhetherTheViewFailed(string value, string? expected) =>
        Assert.Equal(expected, Decode($"\"error_type\":{value},\"property_id\":\"p\"").ErrorType());

    [Theory]
    [InlineData(64)]
    [InlineData(1000)]
    public void Decode_DeepValueThatNobodyReads_CostsNoView(int depth)
    {
        var deep = string.Concat(Enumerable.Repeat("{\"property_id\":[", depth)) + string.Concat(Enumerable.Repeat("]}", depth));
        Assert.Equal("p", Decode($"\"x\":{deep},\"property_id\":\"p\"").Property());
        Assert.Equal(RejectionReason.Malformed, Decode($"\"cdn\":{deep},\"property_id\":\"p\"").Reason());
        Assert.Equal(RejectionReason.Malformed, Decode($"\"property_id\":\"p\",\"x\":{deep[..^1]}").Reason());
    }

    [Theory]
    [InlineData("\"property_id\":'p'")]
    [InlineData("\"property_id\":p")]
    [InlineData("\"property_id\":\"p\",'x':1")]
    [InlineData("\"property_id\":\"p\",x:1")]
    [InlineData("\"property_id\":\"p\",\"x\":a b")]
    [InlineData("\"property_id\":\"p\",\"x\":'a")]
    [InlineData("\"property_id\":\"p\",\"x\":\"a")]
    [InlineData("\"property_id\":\"p\",\"x\":\"{\\\"a\\\":\\\"b\\\"")]
    [InlineData("\"property_id\":\"p\",\"x\":[1")]
    [InlineData("\"property_id\":\"p\",\"x\":{\"property_id\":\"q\",\"view_end\":1431857103")]
    public void Decode_OddNameOrPropertyOrARecordThatIsCut_IsMalformed(string fields) =>
        Assert.Equal(RejectionReason.Malformed, Decode(fields).Reason());

    private ViewBatch Decode(string latin1) => decoder.Decode(Encoding.Latin1.GetBytes($$"""{"view_end":1431857103,{{latin1}}}"""));
}
