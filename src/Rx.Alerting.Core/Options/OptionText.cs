using System.Globalization;
using System.Numerics;
using System.Reflection;
using System.Text.Json;

namespace Rx.Alerting.Core.Options;

/// <summary>Values of options as text. Files, the environment, the command line, tables and messages share this notation.</summary>
public static class OptionText
{
    /// <summary>How a nullable option is written that is left to the program: <see cref="Nullable{T}"/> of an enumeration.</summary>
    private const string Auto = "auto";

    private const string Yes = "yes", No = "no";

    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    private static readonly Dictionary<Type, (Func<string, object?> Parse, string Expected)> Notations = new()
    {
        [typeof(string)] = (text => text, "a text"),
        [typeof(bool)] = (text => YesOrNo(text), "yes or no"),
        [typeof(int)] = (text => Whole<int>(text), "a whole number"),
        [typeof(long)] = (text => Whole<long>(text), "a whole number"),
        [typeof(double)] = (text => Real(text), "a number such as 0.05 or 1e-6"),
        [typeof(TimeSpan)] = (text => Duration.TryParse(text, out var span) ? span : null, Duration.Notation),
        [typeof(DateTimeOffset?)] = (text => Time(text), "a time such as 2026-11-25T08:00:00Z"),
        [typeof(IReadOnlyList<string>)] = (Items, "texts separated by commas"),
        [typeof(IReadOnlyList<int>)] = (text => Numbers(Items(text)), "whole numbers separated by commas, such as 100,200,500"),
    };

    /// <summary>Whether values of the type can be written as text; others are sections, or no options.</summary>
    public static bool IsKnown(Type type) => Notations.ContainsKey(type) || EnumOf(type) is not null;

    /// <summary>What a value looks like: the end of “must be …”. For an enumeration, see <see cref="Names"/>.</summary>
    public static string Expected(Type type) => Notations[type].Expected;

    /// <summary>Reads a value.</summary>
    /// <param name="type">A known one.</param>
    /// <param name="text">What somebody wrote; blanks around it do not matter.</param>
    /// <param name="value">Of the type; null can be a value.</param>
    /// <returns>False if the text is not what is expected.</returns>
    public static bool TryParse(Type type, string text, out object? value)
    {
        text = text.Trim();
        if (EnumOf(type) is not { } names)
            return (value = Notations[type].Parse(text)) is not null;
        value = names.GetFields(BindingFlags.Public | BindingFlags.Static).FirstOrDefault(field => IsName(field, text))?.GetValue(null);
        return value is not null || (type != names && IsSame(text, Auto));
    }

    /// <summary>Writes a value as <see cref="TryParse"/> reads it.</summary>
    /// <param name="value">Of an option.</param>
    /// <param name="type">The option's type, which tells what null means; null where the value is not.</param>
    public static string Of(object? value, Type? type = null) => value switch
    {
        null => type is not null && EnumOf(type) is not null ? Auto : string.Empty,
        TimeSpan span => Duration.Format(span),
        bool yes => yes ? Yes : No,
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ssK", Culture),
        Enum one => NameOf(one.ToString()),
        IEnumerable<int> numbers => string.Join(',', numbers.Select(number => number.ToString(Culture))),
        IEnumerable<string> texts => string.Join(',', texts),
        double number => Of(number),
        IFormattable other => other.ToString(null, Culture),
        _ => value.ToString() ?? string.Empty,
    };

    /// <summary>Small numbers are short where that is exact.</summary>
    private static string Of(double number)
    {
        var small = number.ToString("0.###e-0", Culture);
        return number is not 0 && Math.Abs(number) < 1e-3 && double.Parse(small, Culture) == number ? small : number.ToString("R", Culture);
    }

    /// <summary>The names of an enumeration's values, in their order; first <c>auto</c> where null is a value, too.</summary>
    public static IEnumerable<string> Names(Type type) =>
        EnumOf(type) is not { } names ? [] : [.. type == names ? (string[])[] : [Auto], .. Enum.GetNames(names).Select(NameOf)];

    /// <summary>Names as a sentence has them: <c>one, two or three</c>.</summary>
    public static string Choice(IEnumerable<string> names) =>
        names.ToList() is [.. { Count: > 0 } others, var last] ? $"{string.Join(", ", others)} or {last}" : string.Concat(names);

    /// <summary><c>ByProperty</c> as options write it: <c>by-property</c>.</summary>
    private static string NameOf(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    /// <summary>
    /// Whether a text means a value of an enumeration: its name, with dashes or as it is in code, or one of its further names.
    /// </summary>
    private static bool IsName(FieldInfo value, string text) =>
        value.GetCustomAttributes<OptionAliasAttribute>().Select(alias => alias.Name).Prepend(value.Name).Any(name => IsSame(name, text));

    private static Type? EnumOf(Type type) => (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } names ? names : null;

    private static bool IsSame(string one, string other) =>
        string.Equals(WithoutDashes(one), WithoutDashes(other), StringComparison.OrdinalIgnoreCase);

    private static string WithoutDashes(string text) => text.Replace("-", null, StringComparison.Ordinal);

    private static object? Whole<T>(string text)
        where T : struct, INumber<T> => T.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number) ? number : null;

    private static object? YesOrNo(string text) =>
        IsSame(text, Yes) || IsSame(text, bool.TrueString) ? true : IsSame(text, No) || IsSame(text, bool.FalseString) ? false : null;

    private static object? Real(string text) =>
        double.TryParse(text, NumberStyles.Float, Culture, out var number) && double.IsFinite(number) ? number : null;

    private static object? Time(string text) =>
        DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    private static string[] Items(string text) => text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static int[]? Numbers(string[] items)
    {
        var numbers = Array.ConvertAll(items, item => Whole<int>(item) as int?);
        return numbers.Contains(null) ? null : Array.ConvertAll(numbers, number => number!.Value);
    }
}
