using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class EventTimeTextTests
{
    [Theory]
    [InlineData("2026-11-22T08:30:00Z", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22 08:30:00", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22T08:30Z", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22t08:30:00.1z", "2026-11-22T08:30:00.100")]
    [InlineData("2026-11-22T08:30:00.123456789Z", "2026-11-22T08:30:00.123")]
    [InlineData("2026-11-22T08:30:00,5Z", "2026-11-22T08:30:00.500")]
    [InlineData("2026-11-22T08:30:00+02:00", "2026-11-22T06:30:00.000")]
    [InlineData("2026-11-22T23:30:00-0130", "2026-11-23T01:00:00.000")]
    [InlineData("2026-11-22T08:30:00+02", "2026-11-22T06:30:00.000")]
    [InlineData("2024-02-29T00:00:00Z", "2024-02-29T00:00:00.000")]
    [InlineData("2016-12-31T23:59:60Z", "2017-01-01T00:00:00.000")]
    [InlineData("2000-01-01T00:00:00Z", "2000-01-01T00:00:00.000")]
    [InlineData("2199-12-31T23:59:59.999Z", "2199-12-31T23:59:59.999")]
    [InlineData("1431857103", "2015-05-17T10:05:03.000")]
    [InlineData("1431857103250", "2015-05-17T10:05:03.250")]
    [InlineData("1431857103.25", "2015-05-17T10:05:03.250")]
    public void TryParse_Time_IsRead(string text, string expected)
    {
        Assert.True(EventTimeText.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds));
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
    }

    [Theory]
    [InlineData("")]
    [InlineData("yesterday")]
    [InlineData("-1")]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("946684799")]
    [InlineData("7258118400")]
    [InlineData("7258118400000")]
    [InlineData("1431857103000000")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1e9")]
    [InlineData("1431857103.")]
    [InlineData("1999-12-31T23:59:59Z")]
    [InlineData("2200-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59Z")]
    [InlineData("2023-02-29T00:00:00Z")]
    [InlineData("2026-13-01T00:00:00Z")]
    [InlineData("2026-00-01T00:00:00Z")]
    [InlineData("2026-11-00T00:00:00Z")]
    [InlineData("2026-11-31T00:00:00Z")]
    [InlineData("2026-11-22T24:00:00Z")]
    [InlineData("2026-11-22T08:60:00Z")]
    [InlineData("2026-11-22T08:30:61Z")]
    [InlineData("2026-11-22T08:30:00.Z")]
    [InlineData("2026-11-22T08:30:00ZZ")]
    [InlineData("2026-11-22T08:30:00+2")]
    [InlineData("2026-11-22T08:30:00+24:00")]
    [InlineData("2026-11-22T08:30:00+02:60")]
    [InlineData("2026-11-22T08:30:00+02-00")]
    [InlineData("2026-11-22T08:30:0xZ")]
    [InlineData("2026/11/22 08:30:00")]
    [InlineData("-026-11-22T08:30:00Z")]
    public void TryParse_NoTime_IsRefused(string text) => Assert.False(EventTimeText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03")]
    [InlineData("01/Jan/2024:00:00:00 +0100", "2023-12-31T23:00:00")]
    [InlineData("31/Dec/2023:23:59:59 -0800", "2024-01-01T07:59:59")]
    public void TryParseLog_Time_IsRead(string text, string expected)
    {
        Assert.True(EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(text), out var milliseconds));
        Assert.Equal(DateTime.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
    }

    [Theory]
    [InlineData("17/Mai/2015:10:05:03 +0000")]
    [InlineData("17/anF/2015:10:05:03 +0000")]
    [InlineData("32/May/2015:10:05:03 +0000")]
    [InlineData("17/May/1970:10:05:03 +0000")]
    [InlineData("17/May/2015:10:05:03 0000")]
    [InlineData("17/May/2015:10:05:03")]
    [InlineData("")]
    public void TryParseLog_NoTime_IsRefused(string text) => Assert.False(EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyPossibleTime_AgreesWithTheFramework() =>
        Prop.ForAll(
            Gen.Choose(0, 73_048).SelectMany(day => Gen.Choose(0, 86_399_999).Select(time => EventTimeText.Earliest + (day * 86_400_000L) + time)).ToArbitrary(),
            expected =>
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(expected);
                var iso = time.ToOffset(TimeSpan.FromMinutes(expected % 840)).ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
                var log = time.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
                return EventTimeText.TryParse(Encoding.UTF8.GetBytes(iso), out var fromIso) && fromIso == expected
                    && EventTimeText.TryParse(Encoding.UTF8.GetBytes(expected.ToString(CultureInfo.InvariantCulture)), out var fromEpoch) && fromEpoch == expected
                    && EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(log), out var fromLog) && fromLog == expected / 1000 * 1000;
            }).QuickCheckThrowOnFailure();
}
