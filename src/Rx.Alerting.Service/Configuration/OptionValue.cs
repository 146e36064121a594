using System.Globalization;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Values of options as text, in the notation that configuration files, the environment and the command line share.</summary>
internal static class OptionValue
{
    private static readonly CultureInfo Culture = CultureInfo.InvariantCulture;

    /// <summary>Null when <paramref name="text"/> is not a <paramref name="type"/>; <paramref name="expected"/> says then what would be.</summary>
    public static object? Parse(Type type, string text, out string expected)
    {
        text = text.Trim();
        if (type == typeof(TimeSpan))
        {
            expected = Duration.Notation;
            return Duration.TryParse(text, out var span) ? span : null;
        }

        if (type == typeof(double))
        {
            expected = "a number such as 0.05 or 1e-6";
            return double.TryParse(text, NumberStyles.Float, Culture, out var number) && double.IsFinite(number) ? number : null;
        }

        if (type == typeof(int))
        {
            expected = "a whole number";
            return int.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number) ? number : null;
        }

        if (type == typeof(long))
        {
            expected = "a whole number";
            return long.TryParse(text, NumberStyles.AllowLeadingSign, Culture, out var number) ? number : null;
        }

        if (type == typeof(IReadOnlyList<int>))
        {
            expected = "whole numbers separated by commas, such as 100,200,500";
            return Numbers(text);
        }

        if (type == typeof(string))
        {
            expected = "a text";
            return text;
        }

        if (type == typeof(IReadOnlyList<string>))
        {
            expected = "texts separated by commas";
            return text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        }

        if (type == typeof(DateTimeOffset?))
        {
            expected = "a time such as 2026-11-25T08:00:00Z";
            return DateTimeOffset.TryParse(text, Culture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) ? time : null;
        }

        if (type.IsEnum)
        {
            expected = $"one of {string.Join(", ", Enum.GetNames(type).Select(Kebab))}";
            return Enum.GetNames(type).FirstOrDefault(name => Kebab(name).Equals(text, StringComparison.OrdinalIgnoreCase) || name.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } known
                ? Enum.Parse(type, known)
                : null;
        }

        throw new NotSupportedException($"Options of type {type} have no notation.");
    }

    /// <summary>Whether values of the type can be written as text; others are sections of their own.</summary>
    public static bool HasNotation(Type type) =>
        type.IsEnum || type == typeof(string) || type == typeof(TimeSpan) || type == typeof(double) || type == typeof(int) || type == typeof(long)
        || type == typeof(DateTimeOffset?) || type == typeof(IReadOnlyList<int>) || type == typeof(IReadOnlyList<string>);

    public static string Format(object? value) => value switch
    {
        TimeSpan span => Duration.Format(span),
        DateTimeOffset time => time.ToString("yyyy-MM-ddTHH:mm:ssK", Culture),
        Enum one => Kebab(one.ToString()),
        IEnumerable<int> numbers => string.Join(',', numbers.Select(number => number.ToString(Culture))),
        IEnumerable<string> texts => string.Join(',', texts),
        double number => number.ToString(number is not 0 && Math.Abs(number) < 1e-3 ? "0.###e-0" : "R", Culture),
        IFormattable other => other.ToString(null, Culture),
        _ => value?.ToString() ?? string.Empty,
    };

    /// <summary><c>ByProperty</c> as options write it: <c>by-property</c>.</summary>
    private static string Kebab(string name) => string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"-{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));

    private static int[]? Numbers(string text)
    {
        var parts = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var numbers = new int[parts.Length];
        for (var i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.AllowLeadingSign, Culture, out numbers[i]))
                return null;
        }

        return numbers;
    }
}
