using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

/// <summary>The records before a record may cost or save time, but never change the result.</summary>
public sealed class MuxJsonLayoutTests
{
    private static readonly string[] Members =
    [
        """ "property_id":"p" """.Trim(), "\"property_id\": 7", "\"property_id\" :\"q\"",
        "\"view_end\":1431857103", "\"view_end\":  \"1431857104\"",
        "\"video_id\":\"t\"", "\"video_id\":null", "\"\\u0076ideo_id\":\"escaped\"",
        "\"video_title\":\"T\"", "\"error_type\":\"e\"", "\"x\":{\"video_id\":\"inner\"}",
        "\"playback_business_exception_error_type_id\":null",
        "\"a_name_so_long_that_it_is_not_remembered_for_the_next_of_the_records\":[1,{}]",
        "\"cdn\":\"c\"",
    ];

    private static readonly string[] Separators = [",", ", ", " ,", ",\n ", "", ",,"];

    [Fact]
    public void Decode_AfterAnyOtherRecords_GivesWhatItGivesAlone()
    {
        var member = Gen.Elements(Members).Zip(Gen.Frequency((12, Gen.Constant(",")), (3, Gen.Elements(Separators))));
        var record = member.ListOf()
            .Select(members => "{" + string.Concat(members.Select((part, i) => (i > 0 ? part.Item2 : "") + part.Item1)) + "}");
        Prop.ForAll(record.ListOf().ToArbitrary(), records =>
        {
            foreach (var text in records)
                Assert.Equal(Alone(text), Decoded(text));
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Decode_RecordsWithMoreMembersThanAreRemembered_GivesAllOfThem()
    {
        var many = string.Concat(Enumerable.Range(0, 300).Select(i => $"\"custom_{i}\":{i},"));
        for (var times = 0; times < 3; times++)
            Assert.StartsWith(
                "p|t|", Decoded($$"""{{{many}}"property_id":"p","view_end":1431857103,"video_id":"t"}"""), StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_ZerosWhereAMemberShouldBe_IsMalformed() =>
        Assert.Equal("Malformed", Decoded("{\"property_id\":\"p\"" + new string('\0', 200) + "}"));

    [Fact]
    public void Find_MembersLeftOut_LooksAmongTheNextTwo()
    {
        var layout = new MuxJsonLayout();
        var place = 0;
        foreach (var name in new[] { "a", "b", "c", "d" })
            place = layout.Learn(place, Encoding.UTF8.GetBytes($",\"{name}\":"), MuxField.None);
        Assert.Equal(0, layout.Find(0, ",\"a\":1"u8));
        Assert.Equal(2, layout.Find(0, ",\"c\":1"u8));
        Assert.Equal(-1, layout.Find(0, ",\"d\":1"u8));
        Assert.Equal(-1, layout.Find(3, ",\"a\":1"u8));
        Assert.Equal(-1, layout.Find(0, ",\"a\""u8));
    }

    [Fact]
    public void IsAt_TextThatEndsSoon_IsLeftToFind()
    {
        var layout = new MuxJsonLayout();
        layout.Learn(0, ",\"a\":"u8, MuxField.VideoId);
        var text = Encoding.UTF8.GetBytes(",\"a\":" + new string('1', 59));
        Assert.True(layout.At(0).IsAt(text, 0));
        Assert.False(layout.At(0).IsAt(text.AsSpan(0, 63), 0));
        Assert.Equal(0, layout.Find(0, text.AsSpan(0, 63)));
    }

    /// <summary>Decodes on a thread that has not decoded any record before.</summary>
    private static string Alone(string record)
    {
        var decoded = "";
        var thread = new Thread(() => decoded = Decoded(record));
        thread.Start();
        thread.Join();
        return decoded;
    }

    private static string Decoded(string record)
    {
        var batch = new MuxJsonDecoder().Decode(record);
        return batch.ViewCount == 0
            ? batch.Reason().ToString()
            : $"{batch.Property()}|{batch.Title()}|{batch.ErrorType()}|{batch.EventTime():O}";
    }
}
