using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Tests.Control;

public sealed class GlobTests
{
    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "A", false)]
    [InlineData("a", "ab", false)]
    [InlineData("", "", true)]
    [InlineData("*", "", true)]
    [InlineData("?", "", false)]
    [InlineData("a*", "a", true)]
    [InlineData("*b", "aab", true)]
    [InlineData("a*b*c", "a-b-b-c", true)]
    [InlineData("a*b*c", "a-c-b", false)]
    [InlineData("**a**", "bab", true)]
    [InlineData("a?c", "abc", true)]
    [InlineData("a?c", "a😀c", true)]
    [InlineData("a??c", "a😀c", false)]
    [InlineData("*??", "😀", false)]
    [InlineData("who?", "who?", true)]
    [InlineData("Frozen*", "Frozen Corazón", true)]
    public void IsMatch_OfPatterns_IsAsExpected(string pattern, string text, bool expected) =>
        Assert.Equal(expected, Glob.IsMatch(pattern, text));

    [Fact]
    public void IsMatch_ManyStarsAndALongText_TakesNoExponentialTime() =>
        Assert.False(Glob.IsMatch(string.Concat(Enumerable.Repeat("a*", 200)) + "b", new string('a', 5000)));
}
