using System.Text;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class LongTextTests
{
    private static readonly string Million = new('x', 1_000_000);

    [Fact]
    public void Decode_KeysOfAMegabyte_AreBoundedAndStayApart()
    {
        var one = Failing(Million + "1");
        var two = Failing(Million + "2");

        foreach (var batch in new[] { one, two })
        {
            Assert.Equal(LongText.Maximum, batch.View().Property.Length);
            Assert.Equal(LongText.Maximum, batch.View().Title.Length);
            Assert.Equal(LongText.Maximum, batch.Failures[0].ErrorType.Length);
        }

        Assert.NotEqual(one.Property(), two.Property());
        Assert.NotEqual(one.Title(), two.Title());
        Assert.NotEqual(one.ErrorType(), two.ErrorType());
        Assert.Equal(one.Title(), Failing(Million + "1").Title());
    }

    [Fact]
    public void Decode_TextsOfAMegabyte_AreBounded()
    {
        var batch = Failing("k");

        Assert.Equal("k", batch.Property());
        Assert.Equal(new string('x', LongText.Maximum), batch.Message());
        Assert.Equal(new string('x', LongText.Maximum), batch.VideoTitle());
        Assert.All(Enum.GetValues<Dimension>(), dimension => Assert.True(batch.Dimension(dimension).Length <= LongText.Maximum));
    }

    [Fact]
    public void Decode_PathOfAMegabyte_IsBounded()
    {
        var batch = new AccessLogDecoder(new()).Decode($"h - - [17/May/2015:10:05:03 +0000] \"GET /{Million} HTTP/1.1\" 503 12");

        Assert.Equal(LongText.Maximum, batch.View().Title.Length);
        Assert.Equal($"/{new string('x', LongText.Maximum - 1)}", batch.VideoTitle());
    }

    [Theory]
    [InlineData("a")]
    [InlineData("é")]
    [InlineData("€")]
    [InlineData("😀")]
    public void Decode_LongKey_IsCutBetweenCharacters(string character)
    {
        var repeated = string.Concat(Enumerable.Repeat(character, 600));

        var title = Failing(repeated).Title();

        Assert.DoesNotContain('\uFFFD', title);
        Assert.InRange(Encoding.UTF8.GetByteCount(title), LongText.Maximum - 3, LongText.Maximum);
    }

    [Fact]
    public void Decode_LongestTextThatIsWhole_IsKept()
    {
        var longest = new string('y', LongText.Maximum);

        Assert.Equal(longest, Failing(longest).Title());
    }

    private static ViewBatch Failing(string key) => new MuxJsonDecoder().Decode(
        $$"""{"property_id":"{{key}}","video_id":"{{key}}","error_type":"{{key}}","video_title":"{{Million}}","""
        + $$""" "player_error_message":"{{Million}}","cdn":"{{Million}}","view_end":1767225600}""");
}
