using Rx.Alerting.Connectors.Kinesis.Shards;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

public sealed class ShardPositionTests
{
    [Theory]
    [InlineData("TRIM_HORIZON")]
    [InlineData("AT_TIMESTAMP:1767225600123")]
    [InlineData("49590338271490256608559692538361571095921575989136588898")]
    [InlineData("49590338271490256608559692538361571095921575989136588898:3")]
    [InlineData("49590338271490256608559692538361571095921575989136588898@1767225600123")]
    [InlineData("SHARD_END")]
    public void TryParse_WhatToStringGives_IsTheSame(string text)
    {
        Assert.True(ShardPosition.TryParse(text, out var position));
        Assert.Equal(text, position.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("latest")]
    [InlineData("AT_TIMESTAMP:soon")]
    [InlineData(":3")]
    [InlineData("49:")]
    [InlineData("49:-1")]
    [InlineData("49@")]
    [InlineData("49:3@5")]
    [InlineData("49@9000000000000000000")]
    [InlineData("-49")]
    public void TryParse_AnythingElse_IsRefused(string text) => Assert.False(ShardPosition.TryParse(text, out _));
}
