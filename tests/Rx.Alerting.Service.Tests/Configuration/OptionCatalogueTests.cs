using System.ComponentModel.DataAnnotations;
using System.Reflection;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Configuration;

namespace Rx.Alerting.Service.Tests.Configuration;

public sealed class OptionCatalogueTests
{
    public static TheoryData<string> Keys => [.. OptionCatalogue.All.Select(entry => entry.Key)];

    public static TheoryData<string> KeysOfNumbers =>
    [
        .. OptionCatalogue.All
            .Where(entry => !OptionText.TryParse(entry.Property.PropertyType, "text", out _))
            .Select(entry => entry.Key),
    ];

    /// <summary>An option that is not set by default has no text that says so.</summary>
    public static TheoryData<string> KeysWithDefault =>
    [
        .. OptionCatalogue.All.Where(entry => entry.Property.PropertyType != typeof(DateTimeOffset?)).Select(entry => entry.Key),
    ];

    [Theory]
    [MemberData(nameof(KeysWithDefault))]
    public void Entry_DefaultAsText_ParsesBackToTheDefault(string key)
    {
        var entry = OptionCatalogue.Find(key)!;

        Assert.True(OptionText.TryParse(entry.Property.PropertyType, entry.Default, out var value));
        var settings = new Settings();
        var name = key.Contains(OptionSectionAttribute.Placeholder, StringComparison.Ordinal) ? "name" : string.Empty;
        entry.Set(settings, name, value);
        Assert.Equal(entry.Default, entry.Get(settings, name));
        Assert.True(name.Length > 0 || settings.Faults().Count == 0);
    }

    [Theory]
    [MemberData(nameof(Keys))]
    public void Entry_HasDocumentation(string key) => Assert.NotEmpty(OptionCatalogue.Find(key)!.Meaning);

    [Theory]
    [MemberData(nameof(KeysOfNumbers))]
    public void Entry_Rubbish_IsRefusedWithWhatIsExpected(string key)
    {
        var property = OptionCatalogue.Find(key)!.Property;

        Assert.False(OptionText.TryParse(property.PropertyType, "rubbish", out _));
        Assert.NotEmpty(OptionBounds.Expected(property));
    }

    /// <summary>A range of another type would round the value before it compares.</summary>
    [Theory]
    [MemberData(nameof(Keys))]
    public void Entry_Range_IsOfTheOptionsType(string key)
    {
        var property = OptionCatalogue.Find(key)!.Property;
        var range = property.GetCustomAttribute<RangeAttribute>()?.OperandType;

        var isWide = property.PropertyType == typeof(double) || property.PropertyType == typeof(long);
        Assert.True(range is null || range == (isWide ? typeof(double) : typeof(int)));
    }

    /// <summary>A number without bounds was forgotten.</summary>
    [Theory]
    [MemberData(nameof(KeysOfNumbers))]
    public void Entry_OfNumberOrSpan_HasBounds(string key)
    {
        var entry = OptionCatalogue.Find(key)!;

        Assert.Equal(entry.Property.PropertyType == typeof(DateTimeOffset?), entry.Bounds.Length == 0);
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
