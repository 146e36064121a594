using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class CircumstanceTests
{
    private static string Successful(int id) => string.Create(CultureInfo.InvariantCulture,
        $$"""{"view_id":"v{{id}}","property_id":"p","video_id":"t","view_end":1767225600,"cdn":"c{{id}}"}""");

    private static ViewBatch Decode(IViewDecoder decoder, IEnumerable<string> records)
    {
        var batch = new ViewBatch("p");
        foreach (var record in records)
            decoder.Decode(batch, batch.Append(Encoding.UTF8.GetBytes(record)), View.NoArrivalTime);
        return batch;
    }

    private static List<string> SampledCdns(ViewBatch batch)
    {
        var cdns = new List<string>();
        foreach (var view in batch.Views)
        {
            if (view.Circumstances >= 0)
                cdns.Add(batch.String(batch.Circumstances[view.Circumstances].Values[(int)Dimension.Cdn]));
        }

        return cdns;
    }

    [Theory]
    [InlineData(1, 8000, 8000)]
    [InlineData(8, 900, 1100)]
    [InlineData(64, 90, 160)]
    public void Decode_ViewsThatSucceeded_OneInSoManyKeepsItsCircumstances(int every, int fewest, int most) =>
        Assert.InRange(
            SampledCdns(Decode(new MuxJsonDecoder(every), Enumerable.Range(0, 8000).Select(Successful))).Count, fewest, most);

    [Fact]
    public void Decode_InAnyOrder_TheSameViewsAreSampled()
    {
        var records = Enumerable.Range(0, 2000).Select(Successful).ToList();

        Assert.Equal(
            SampledCdns(Decode(new MuxJsonDecoder(), records)).Order(),
            SampledCdns(Decode(new MuxJsonDecoder(), Enumerable.Reverse(records))).Order());
    }

    [Fact]
    public void Decode_FailedViews_AllKeepTheirCircumstances()
    {
        var batch = Decode(new MuxJsonDecoder(), Enumerable.Range(0, 100).Select(id => Successful(id).Replace("}", ",\"error_type\":7}")));

        Assert.Equal(100, SampledCdns(batch).Count);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(0)]
    public void Decoder_SampleThatIsNoPowerOfTwo_IsRefused(int every) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new MuxJsonDecoder(every));

    [Fact]
    public void Compact_SampledView_KeepsItsTexts()
    {
        var batch = new ViewBatch("p");
        var start = batch.TextLength;
        new MuxJsonDecoder(1).Decode(batch, batch.Append(Encoding.UTF8.GetBytes(Successful(7))), View.NoArrivalTime);

        batch.Compact(start);

        Assert.Equal(["c7"], SampledCdns(batch));
    }

    [Theory]
    [InlineData("\"-\" \"curl/8.5.0\"", "", "curl")]
    [InlineData("\"https://shop.example:8443/a?b\" \"Mozilla/5.0 (X11) Chrome/143.0 Safari/537 Edg/143.0\"", "shop.example", "Edge")]
    [InlineData("\"android-app://com.example/\" \"Mozilla/5.0 (iPhone) Mobile/15E148 Safari/604.1\"", "com.example", "Safari")]
    [InlineData("\"no url\" \"Mozilla/5.0 (compatible; Googlebot/2.1)\"", "", "Googlebot")]
    [InlineData("\"-\" \"Mozilla/5.0 (compatible; AhrefsBot/5.0; +http://ahrefs.com/robot/)\"", "", "AhrefsBot")]
    [InlineData("\"-\" \"Mozilla/5.0 (compatible; Yahoo! Slurp; help)\"", "", "Yahoo")]
    [InlineData("\"-\" \"Mozilla/4.0 (compatible;)\"", "", "Mozilla")]
    [InlineData("\"-\" \"Mozilla/4.0 (compatible; )\"", "", "Mozilla")]
    [InlineData("", "", "")]
    [InlineData("\"-\"", "", "")]
    [InlineData("\"-\" \"cut in the midd", "", "")]
    [InlineData("\"http://a\u00ff\" \"\"", "a\u00ff", "")]
    public void Decode_AccessLog_HasTheCircumstancesOfTheRequest(string rest, string referrer, string agent)
    {
        var batch = new AccessLogDecoder(new()).Decode($"h - - [17/May/2015:10:05:03 +0000] \"GET /a HTTP/1.1\" 503 12 {rest}");

        Assert.Equal(
            ("GET", referrer, agent),
            (batch.Dimension(Dimension.Method), batch.Dimension(Dimension.Referrer), batch.Dimension(Dimension.UserAgent)));
    }

    [Fact]
    public void Names_OfAllDimensions_AreDistinctAndFound()
    {
        foreach (var dimension in Enum.GetValues<Dimension>())
        {
            Assert.True(DimensionNames.TryFind(DimensionNames.Of(dimension), out var found));
            Assert.Equal(dimension, found);
        }

        Assert.False(DimensionNames.TryFind("colour", out _));
    }
}
