using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Tests.Options;

public sealed class DurationTests
{
    [Theory]
    [InlineData("250ms", 250)]
    [InlineData("30s", 30_000)]
    [InlineData("2m", 120_000)]
    [InlineData("1.5h", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    [InlineData(" 2 m ", 120_000)]
    [InlineData("00:02:00", 120_000)]
    [InlineData("1:30:00", 5_400_000)]
    [InlineData("1.00:00:00", 86_400_000)]
    [InlineData("0s", 0)]
    public void TryParse_KnownNotation_GivesSpan(string text, long milliseconds)
    {
        Assert.True(Duration.TryParse(text, out var span));
        Assert.Equal(milliseconds, span.TotalMilliseconds);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("m")]
    [InlineData("2 weeks")]
    [InlineData("-2m")]
    [InlineData("1e9d")]
    [InlineData("99999999999999999d")]
    [InlineData("1,5h")]
    [InlineData("2M")]
    [InlineData("25:00:00")]
    [InlineData("1m30s")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(Duration.TryParse(text, out _));

    [Theory]
    [InlineData("0s")]
    [InlineData("250ms")]
    [InlineData("90s")]
    [InlineData("36h")]
    [InlineData("7d")]
    [InlineData("00:00:00.0000001")]
    public void Format_WhatWasParsed_IsTheShortestExactNotation(string text)
    {
        Assert.True(Duration.TryParse(text, out var span));
        Assert.Equal(text, Duration.Format(span));
    }
}
