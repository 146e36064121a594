using System.Globalization;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Views;

public sealed class KeyHashTests
{
    /// <summary>Ids that people give: numbers of every length, with zeros in front, and behind a letter.</summary>
    [Theory]
    [InlineData("")]
    [InlineData("t")]
    [InlineData("video-")]
    public void Of_ShortIds_AreAllDifferent(string prefix)
    {
        var ids = new HashSet<string>();
        for (var number = 0; number < 200_000; number++)
        {
            var digits = number.ToString(CultureInfo.InvariantCulture);
            ids.Add(prefix + digits);
            ids.Add(prefix + digits + digits[^1]);
            ids.Add(prefix + digits[0] + digits);
            ids.Add(prefix + "00" + digits);
        }

        Assert.Equal(ids.Count, ids.Select(KeyHash.Of).Distinct().Count());
    }

    [Fact]
    public void Of_OneCharacterOfAnyNumber_AreAllDifferent()
    {
        var texts = Enumerable.Range(' ', '~' - ' ')
            .SelectMany(letter => Enumerable.Range(1, 99).Select(count => new string((char)letter, count)))
            .ToList();

        Assert.Equal(texts.Count, texts.Select(KeyHash.Of).Distinct().Count());
    }

    /// <summary>Positions in files and checkpoints of all releases have it.</summary>
    [Theory]
    [InlineData("", 13053720021258080622)]
    [InlineData("views/0", 4433773804319859751)]
    [InlineData("a name that has more than sixteen bytes", 5970898619833845665)]
    public void ContentHash_IsTheOneOfAllReleases(string text, ulong expected) => Assert.Equal(expected, ContentHash.Of(text));
}
