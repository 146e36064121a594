using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;

namespace Rx.Alerting.Core.Options;

/// <summary>
/// The bounds of an option, as the attributes of its property say them. A bound on a list is a bound on each of its items.
/// </summary>
public static class OptionBounds
{
    private static readonly NumberFormatInfo Thousands = new() { NumberGroupSeparator = "," };

    /// <summary>Every bound that a value breaks; each is a sentence without its beginning, the option's key.</summary>
    public static IEnumerable<string> Broken(PropertyInfo option, object? value)
    {
        if (value is Enum one && !Enum.IsDefined(one.GetType(), one))
            yield return $"must be {OptionText.Choice(Names(option))}";
        foreach (var bound in option.GetCustomAttributes<ValidationAttribute>())
        {
            var isList = value is IEnumerable and not string && bound is not MinLengthAttribute;
            foreach (var item in isList ? (IEnumerable)value! : new[] { value })
            {
                if (!bound.IsValid(item))
                    yield return Problem(bound, item, isList);
            }
        }
    }

    /// <summary>All bounds of an option for people, such as <c>1 to 100,000</c>; empty if there are none.</summary>
    public static string Words(PropertyInfo option)
    {
        var names = string.Join(", ", Names(option));
        return names.Length > 0 ? names
            : option.PropertyType == typeof(bool) ? OptionText.Expected(typeof(bool))
            : string.Join("; ", option.GetCustomAttributes<ValidationAttribute>().Select(Words));
    }

    /// <summary>What a value looks like; the end of “must be …”.</summary>
    public static string Expected(PropertyInfo option) =>
        Names(option).ToList() is { Count: > 0 } names ? $"one of {string.Join(", ", names)}" : OptionText.Expected(option.PropertyType);

    /// <summary>The names of an option's values, if it has names as values.</summary>
    private static IEnumerable<string> Names(PropertyInfo option) =>
        option.GetCustomAttribute<AllowedValuesAttribute>() is { } allowed ? Names(allowed) : OptionText.Names(option.PropertyType);

    private static IEnumerable<string> Names(AllowedValuesAttribute allowed) => allowed.Values.Select(value => OptionText.Of(value));

    private static string Words(ValidationAttribute bound) => bound switch
    {
        RangeAttribute range => $"{Number(range.Minimum)} to {Number(range.Maximum)}",
        TimeRangeAttribute range => $"{Duration.Format(range.Minimum)} to {Duration.Format(range.Maximum)}",
        PatternAttribute pattern => pattern.Words,
        MinLengthAttribute least => $"at least {least.Length}",
        _ => "not empty",
    };

    private static string Problem(ValidationAttribute bound, object? value, bool isItem) => bound switch
    {
        RangeAttribute range => $"is {Text(value)}, must be from {Text(range.Minimum)} to {Text(range.Maximum)}",
        TimeRangeAttribute range => $"is {Text(value)}, must be from {Text(range.Minimum)} to {Text(range.Maximum)}",
        AllowedValuesAttribute allowed => $"is {OptionText.Of(value)}, must be {OptionText.Choice(Names(allowed))}",
        PatternAttribute pattern => isItem ? $"has \"{value}\", must be {pattern.Words}" : $"must be {pattern.Words}",
        _ => bound.FormatErrorMessage(Text(value)),
    };

    private static string Number(object number) => number is int and >= 10_000 or double and >= 10_000d
        ? ((IFormattable)number).ToString("#,0", Thousands)
        : OptionText.Of(number);

    private static string Text(object? value) =>
        value is double number ? number.ToString(CultureInfo.InvariantCulture) : OptionText.Of(value);
}
