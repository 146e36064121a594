using System.Numerics;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Tests.Access;

public sealed class ApiTokenTests
{
    [Fact]
    public void Create_Token_HasThePrefixAndIsWellFormed()
    {
        var token = ApiToken.Create();

        Assert.StartsWith("rxa_", token, StringComparison.Ordinal);
        Assert.Equal(52, token.Length);
        Assert.True(ApiToken.IsWellFormed(token));
        Assert.NotEqual(token, ApiToken.Create());
    }

    [Fact]
    public void IsWellFormed_AnyCharacterMistyped_IsFalse()
    {
        var token = ApiToken.Create();
        for (var i = 0; i < token.Length; i++)
        {
            var mistyped = token.ToCharArray();
            mistyped[i] = mistyped[i] == 'x' ? 'y' : 'x';
            Assert.False(ApiToken.IsWellFormed(new(mistyped)), $"character {i}");
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("rxa_")]
    [InlineData("rxa_AAAA")]
    [InlineData("a.b.c")]
    public void IsWellFormed_OtherText_IsFalse(string text) => Assert.False(ApiToken.IsWellFormed(text));

    [Fact]
    public void IsWellFormed_CutOffOrLonger_IsFalse()
    {
        var token = ApiToken.Create();

        Assert.False(ApiToken.IsWellFormed(token[..^1]));
        Assert.False(ApiToken.IsWellFormed($"{token}A"));
        Assert.False(ApiToken.IsWellFormed($"{token} "));
        Assert.False(ApiToken.IsWellFormed(token.ToUpperInvariant()));
    }

    /// <summary>Others may make tokens, too: CRC-32C is the one of RFC 3720, whose sample this is.</summary>
    [Fact]
    public void Checksum_OfThirtyTwoZeros_IsThatOfTheStandard()
    {
        var crc = uint.MaxValue;
        for (var i = 0; i < 32; i++)
            crc = BitOperations.Crc32C(crc, (byte)0);
        Assert.Equal(0x8A9136AAu, ~crc);

        Assert.True(ApiToken.IsWellFormed($"rxa_{Convert.ToBase64String([.. new byte[32], 0xAA, 0x36, 0x91, 0x8A])}"));
    }
}
