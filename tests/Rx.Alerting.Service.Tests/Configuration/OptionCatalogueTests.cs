using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Configuration;

public sealed class OptionCatalogueTests
{
    public static TheoryData<string> Keys => [.. OptionCatalogue.All.Select(entry => entry.Key)];

    public static TheoryData<string> KeysOfNumbers =>
        [.. OptionCatalogue.All.Where(entry => OptionValue.Parse(entry.Property.PropertyType, "text", out _) is not (string or string[])).Select(entry => entry.Key)];

    /// <summary>An option that is not set by default has no text that says so.</summary>
    public static TheoryData<string> KeysWithDefault => [.. OptionCatalogue.All.Where(entry => entry.Property.PropertyType != typeof(DateTimeOffset?)).Select(entry => entry.Key)];

    [Theory]
    [MemberData(nameof(KeysWithDefault))]
    public void Entry_DefaultAsText_ParsesBackToTheDefault(string key)
    {
        var entry = OptionCatalogue.Find(key)!;

        var value = OptionValue.Parse(entry.Property.PropertyType, entry.Default, out _);

        Assert.NotNull(value);
        var settings = new Settings();
        entry.Set(settings, value);
        Assert.Equal(entry.Default, entry.Get(settings));
        Assert.Empty(settings.Validate());
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Entry_HasDocumentation(string key) => Assert.NotEmpty(OptionCatalogue.Find(key)!.Summary);

    [Theory]
    [MemberData(nameof(KeysOfNumbers))]
    public void Entry_Rubbish_IsRefusedWithWhatIsExpected(string key)
    {
        var value = OptionValue.Parse(OptionCatalogue.Find(key)!.Property.PropertyType, "rubbish", out var expected);

        Assert.Null(value);
        Assert.NotEmpty(expected);
    }

    [Theory]
    [InlineData("Detection:TailProbabilty", "Detection:TailProbability")]
    [InlineData("TailProbability", "Detection:TailProbability")]
    [InlineData("detection:tail_probability", "Detection:TailProbability")]
    [InlineData("Windows:MinViews", "Windows:MinimumViews")]
    [InlineData("Colour", null)]
    public void Nearest_NearMiss_IsNamed(string key, string? expected) => Assert.Equal(expected, OptionCatalogue.Nearest(key));

    [Fact]
    public void Find_AnyCase_FindsTheOption() => Assert.NotNull(OptionCatalogue.Find("detection:TAILPROBABILITY"));
}
