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
    [InlineData("1431857103.2509", "2015-05-17T10:05:03.250")]
    [InlineData("1431857103250.9", "2015-05-17T10:05:03.250")]
    [InlineData("1431857103250999", "2015-05-17T10:05:03.250")]
    [InlineData("1431857103250999.5", "2015-05-17T10:05:03.250")]
    [InlineData("1431857103250999999", "2015-05-17T10:05:03.250")]
    [InlineData("1.43185710325E12", "2015-05-17T10:05:03.250")]
    [InlineData("1.43185710325e+9", "2015-05-17T10:05:03.250")]
    [InlineData("1.431857103250999999E18", "2015-05-17T10:05:03.250")]
    [InlineData("143185710325e-2", "2015-05-17T10:05:03.250")]
    [InlineData("14318571032500000000e-7", "2015-05-17T10:05:03.250")]
    [InlineData("1e9", "2001-09-09T01:46:40.000")]
    [InlineData("2026-11-22 08:30:00 UTC", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22 08:30:00.123456 UTC", "2026-11-22T08:30:00.123")]
    [InlineData("2026-11-22 08:30:00UTC", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22 08:30:00 gmt", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22T08:30:00 Z", "2026-11-22T08:30:00.000")]
    [InlineData("2026-11-22 08:30:00 +02:00", "2026-11-22T06:30:00.000")]
    [InlineData("2026-11-22 08:30:00.123 -0730", "2026-11-22T16:00:00.123")]
    [InlineData("2026-11-22 08:30:00 UTC+02:00", "2026-11-22T06:30:00.000")]
    [InlineData("2026-11-22 08:30:00.123456789 +0200 CEST", "2026-11-22T06:30:00.123")]
    [InlineData("2026-11-22T08:30:00+02:00[Europe/Berlin]", "2026-11-22T06:30:00.000")]
    [InlineData("2026-11-22T08:30Z[UTC]", "2026-11-22T08:30:00.000")]
    [InlineData(" 2026-11-22T08:30:00 ", "2026-11-22T08:30:00.000")]
    public void TryParse_Time_IsRead(string text, string expected)
    {
        Assert.True(EventTimeText.TryParse(Encoding.UTF8.GetBytes(text), out var milliseconds));
        Assert.Equal(
            DateTime.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
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
    [InlineData("946684799999")]
    [InlineData("7258118400000000")]
    [InlineData("946684799999999")]
    [InlineData("7258118400000000000")]
    [InlineData("946684799999999999")]
    [InlineData("18446744075141408716")]
    [InlineData("99999999999999999999999999")]
    [InlineData("1e300")]
    [InlineData("1e99999999999999999999")]
    [InlineData("1431857103e-99999999999999999999")]
    [InlineData("-1431857103")]
    [InlineData("1431857103.")]
    [InlineData("1431857103e")]
    [InlineData("1431857103e+")]
    [InlineData("1431857103e1.0")]
    [InlineData(".1431857103e10")]
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
    [InlineData("2026-11-22T08:30:00+02:0")]
    [InlineData("2026-11-22T08:30:00+02:")]
    [InlineData("2026-11-22T08:30:00+020")]
    [InlineData("2026-11-22 08:30:00 America/New_York")]
    [InlineData("2026-11-22 08:30:00 EST")]
    [InlineData("2026-11-22 08:30:00 UTC-")]
    [InlineData("2026-11-22 08:30:00 +02 1")]
    [InlineData("2026-11-22 08:30:00[UTC]")]
    [InlineData("2026-11-22T08:30:0xZ")]
    [InlineData("2026/11/22 08:30:00")]
    [InlineData("-026-11-22T08:30:00Z")]
    public void TryParse_NoTime_IsRefused(string text) => Assert.False(EventTimeText.TryParse(Encoding.UTF8.GetBytes(text), out _));

    [Theory]
    [InlineData("17/May/2015:10:05:03 +0000", "2015-05-17T10:05:03")]
    [InlineData("01/Jan/2024:00:00:00 +0100", "2023-12-31T23:00:00")]
    [InlineData("31/Dec/2023:23:59:59 -0800", "2024-01-01T07:59:59")]
    [InlineData("17/May/2015:10:05:03.123 +0000", "2015-05-17T10:05:03.123")]
    [InlineData("17/May/2015:10:05:03,123456 +0200", "2015-05-17T08:05:03.123")]
    [InlineData("17/May/2015:10:05:03 +02:00", "2015-05-17T08:05:03")]
    [InlineData("17/May/2015:10:05:03 UTC", "2015-05-17T10:05:03")]
    [InlineData("17/May/2015:10:05:03Z", "2015-05-17T10:05:03")]
    [InlineData("17/May/2015:10:05:03", "2015-05-17T10:05:03")]
    [InlineData("17/May/2015 10:05:03", "2015-05-17T10:05:03")]
    [InlineData("7/May/2015:10:05:03 +0000", "2015-05-07T10:05:03")]
    [InlineData(" 7/May/2015:10:05:03 +0000", "2015-05-07T10:05:03")]
    [InlineData("7/May/2015:10:05:03", "2015-05-07T10:05:03")]
    [InlineData("17/may/2015:10:05:03 +0000", "2015-05-17T10:05:03")]
    [InlineData("17/DEC/2015:10:05:03 +0000", "2015-12-17T10:05:03")]
    public void TryParseLog_Time_IsRead(string text, string expected)
    {
        Assert.True(EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(text), out var milliseconds));
        Assert.Equal(
            DateTime.Parse(expected, CultureInfo.InvariantCulture), DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime);
    }

    [Theory]
    [InlineData("17/Mai/2015:10:05:03 +0000")]
    [InlineData("17/anF/2015:10:05:03 +0000")]
    [InlineData("32/May/2015:10:05:03 +0000")]
    [InlineData("17/May/1970:10:05:03 +0000")]
    [InlineData("17/May/2015:10:05:03 0000")]
    [InlineData("17/May/2015:10:05:03 CET")]
    [InlineData("17/May/2015:10:05:61 +0000")]
    [InlineData("17/May/2015:10:05")]
    [InlineData("17/May/2015:10:05:0")]
    [InlineData("/May/2015:10:05:03 +0000")]
    [InlineData("0/May/2015:10:05:03 +0000")]
    [InlineData(" /May/2015:10:05:03 +0000")]
    [InlineData("x/May/2015:10:05:03 +0000")]
    [InlineData(" x/May/2015:10:05:03 +0000")]
    [InlineData("  7/May/2015:10:05:03 +0000")]
    [InlineData("")]
    public void TryParseLog_NoTime_IsRefused(string text) => Assert.False(EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(text), out _));

    [Fact]
    public void TryParse_AnyPossibleTime_AgreesWithTheFramework() =>
        Prop.ForAll(
            Gen.Choose(0, 73_048).SelectMany(
                day => Gen.Choose(0, 86_399_999).Select(time => EventTimeText.Earliest + (day * 86_400_000L) + time)).ToArbitrary(),
            expected =>
            {
                var time = DateTimeOffset.FromUnixTimeMilliseconds(expected);
                var iso = time.ToOffset(TimeSpan.FromMinutes(expected % 840))
                    .ToString("yyyy-MM-dd'T'HH:mm:ss.fffzzz", CultureInfo.InvariantCulture);
                var log = time.ToString("dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
                var epoch = expected.ToString(CultureInfo.InvariantCulture);
                return EventTimeText.TryParse(Encoding.UTF8.GetBytes(iso), out var fromIso) && fromIso == expected
                    && EventTimeText.TryParse(Encoding.UTF8.GetBytes(epoch), out var fromEpoch) && fromEpoch == expected
                    && EventTimeText.TryParseLog(Encoding.UTF8.GetBytes(log), out var fromLog) && fromLog == expected / 1000 * 1000;
            }).QuickCheckThrowOnFailure();

    [Fact]
    public void TryParseEpoch_AnyPossibleTimeInAnyUnit_IsToldByMagnitude()
    {
        long[] edges = [EventTimeText.Earliest, EventTimeText.Earliest + 999, EventTimeText.End - 1000, EventTimeText.End - 1];
        var milliseconds = Gen.OneOf(
            Gen.Elements(edges),
            Gen.Choose(0, 73_048)
                .SelectMany(day => Gen.Choose(0, 86_399_999).Select(time => EventTimeText.Earliest + (day * 86_400_000L) + time)));
        Prop.ForAll(milliseconds.ToArbitrary(), expected =>
            Epoch(expected / 1000) == expected / 1000 * 1000
            && Epoch(expected) == expected
            && Epoch((expected * 1000) + 999) == expected
            && Epoch((expected * 1_000_000) + 999_999) == expected).QuickCheckThrowOnFailure();

        // The greatest number of each unit is below the least of the next one.
        for (long unit = 1; unit <= 1_000_000; unit *= 1000)
            Assert.True(EventTimeText.End / 1000 * unit < EventTimeText.Earliest * unit);
    }

    private static long? Epoch(long number) =>
        EventTimeText.TryParseEpoch(Encoding.UTF8.GetBytes(number.ToString(CultureInfo.InvariantCulture)), out var milliseconds)
            ? milliseconds
            : null;
}
