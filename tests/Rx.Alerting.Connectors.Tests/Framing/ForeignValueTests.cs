using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Tests.Framing;

/// <summary>What people are told about values that cannot be read.</summary>
public sealed class ForeignValueTests
{
    [Theory]
    [InlineData("0000000007 7B22", "looks like a record of a schema registry, a zero byte and the number of a schema before it, "
        + "with JSON behind")]
    [InlineData("0000000007 00 0A0461636D65", "with Protocol Buffers behind")]
    [InlineData("0000000007 0402 00 0A0461636D65", "with Protocol Buffers behind")]
    [InlineData("0000000007 0861636D65 0C", "with what is probably Avro behind, which is not read here")]
    [InlineData("0000000007", "probably Avro")]
    [InlineData("28B52FFD 00", "is compressed with zstd, by its writer itself")]
    [InlineData("1F8B08 00", "is compressed with gzip, by its writer itself")]
    [InlineData("7B00 2200", "is UTF-16")]
    public void NameOf_KnownKind_SaysWhatItLooksLike(string bytes, string said) =>
        Assert.Contains(said, ForeignValue.NameOf(Bytes(bytes)), StringComparison.Ordinal);

    [Theory]
    [InlineData("")]
    [InlineData("7B22")]
    [InlineData("00000000")]
    [InlineData("EFBBBF7B")]
    public void NameOf_AnythingElse_SaysNothing(string bytes) => Assert.Null(ForeignValue.NameOf(Bytes(bytes)));

    private static byte[] Bytes(string hexadecimal) => Convert.FromHexString(hexadecimal.Replace(" ", "", StringComparison.Ordinal));
}
