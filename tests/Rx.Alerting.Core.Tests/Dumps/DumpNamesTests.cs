using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Core.Tests.Dumps;

public sealed class DumpNamesTests
{
    [Theory]
    [InlineData("7f45", "7f45")]
    [InlineData("Release_1.2-b", "Release_1.2-b")]
    [InlineData("kafka/views-0", "kafka~2Fviews-0")]
    [InlineData("../../x", "~2E.~2F..~2Fx")]
    [InlineData("..", "~2E.")]
    [InlineData(".", "~2E")]
    [InlineData("", "~")]
    [InlineData("~", "~7E")]
    [InlineData("a b\n\0\\", "a~20b~0A~00~5C")]
    [InlineData("Ä", "~C3~84")]
    public void Safe_AnyText_IsOneNameOfAFile(string text, string expected) => Assert.Equal(expected, DumpNames.Safe(text));

    [Fact]
    public void Safe_LongTexts_AreShortAndDifferent()
    {
        var (one, two) = (new string('/', 500), new string('/', 499));

        Assert.Equal(122, DumpNames.Safe(one).Length);
        Assert.NotEqual(DumpNames.Safe(one), DumpNames.Safe(two));
        Assert.Equal(DumpNames.Safe(one), DumpNames.Safe(one));
        Assert.Equal(120, DumpNames.Safe(new string('a', 120)).Length);
    }
}
