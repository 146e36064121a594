using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

public sealed class JsonNumbersTests
{
    [Theory]
    [InlineData("7", "7")]
    [InlineData("7.0", "7")]
    [InlineData("7.00", "7")]
    [InlineData("7e0", "7")]
    [InlineData("0.7E1", "7")]
    [InlineData("70e-1", "7")]
    [InlineData("700.00e-2", "7")]
    [InlineData("-7.0", "-7")]
    [InlineData("1.14e+2", "114")]
    [InlineData("7e3", "7000")]
    [InlineData("0.0", "0")]
    [InlineData("-0", "0")]
    [InlineData("-0.0", "0")]
    [InlineData("0e9", "0")]
    [InlineData("7.5", "7.5")]
    [InlineData("7.50", "7.50")]
    [InlineData("7e-1", "7e-1")]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740993")]
    [InlineData("18446744073709551615.0", "18446744073709551615")]
    [InlineData("123456789012345678901.0", "123456789012345678901.0")]
    [InlineData("123456789012345678901234567890", "123456789012345678901234567890")]
    [InlineData("1e99999999999", "1e99999999999")]
    [InlineData("1e-99999999999", "1e-99999999999")]
    public void Decode_Number_IsOneKeyHoweverItIsWritten(string number, string expected)
    {
        var batch = Decode(
            $$"""{"property_id":{{number}},"video_id":{{number}},"error_type":{{number}},"player_error_code":"c","view_end":1431857103}""");
        Assert.Equal(expected, batch.Property());
        Assert.Equal(expected, batch.Title());
        Assert.Equal(expected == "0" ? "c" : expected, batch.ErrorType());
    }

    [Fact]
    public void Decode_AnyWholeNumber_IsOneKeyHoweverItIsWritten()
    {
        var cases = ArbMap.Default.GeneratorFor<long>().SelectMany(_ => Gen.Choose(0, 25), (number, shift) => (number, shift));
        Prop.ForAll(cases.ToArbitrary(), one =>
        {
            var plain = one.number.ToString(CultureInfo.InvariantCulture);
            var (sign, digits) = plain[0] == '-' ? ("-", plain[1..]) : ("", plain);
            var padded = digits.PadLeft(one.shift + 1, '0');
            string[] spellings =
            [
                plain,
                $"{plain}.{new string('0', one.shift + 1)}",
                one.number == 0 ? $"0E{one.shift}" : $"{plain}{new string('0', one.shift)}e-{one.shift}",
                $"{sign}{padded[..^one.shift].TrimStart('0').PadLeft(1, '0')}.{padded[^one.shift..]}0E+{one.shift}",
            ];
            return spellings.All(number => Decode($$"""{"property_id":{{number}},"view_end":1431857103}""").Property() == plain);
        }).QuickCheckThrowOnFailure();
    }

    private static ViewBatch Decode(string record) => new MuxJsonDecoder().Decode(Encoding.UTF8.GetBytes(record));
}
