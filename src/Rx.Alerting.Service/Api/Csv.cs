using System.Globalization;
using System.Text;

namespace Rx.Alerting.Service.Api;

/// <summary>Writes rows for spreadsheets (RFC 4180). What a spreadsheet would take for a formula begins with an apostrophe.</summary>
internal sealed class Csv(params string[] columns)
{
    public const string Format = "csv";

    private const string ContentType = "text/csv; charset=utf-8; header=present";

    private readonly StringBuilder rows = new StringBuilder().AppendJoin(',', columns).Append("\r\n");

    /// <param name="values">Texts, numbers, times, or null; as many as there are columns.</param>
    public Csv Add(params object?[] values)
    {
        rows.AppendJoin(',', values.Select(Cell)).Append("\r\n");
        return this;
    }

    /// <param name="name">The file's name.</param>
    public IResult ToResult(string name) => Results.Bytes(Encoding.UTF8.GetBytes(rows.ToString()), ContentType, $"{name}.csv");

    private static string Cell(object? value) => value switch
    {
        null => string.Empty,
        string text => Quoted(IsFormula(text) ? $"'{text}" : text),
        DateTimeOffset time => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new ArgumentException($"{value.GetType()} is no cell", nameof(value)),
    };

    /// <summary>White space and what is not shown may come before: spreadsheets pass over it.</summary>
    private static bool IsFormula(string text)
    {
        if (text.Length > 0 && text[0] is '\t' or '\r' or '\n')
            return true;
        foreach (var letter in text)
        {
            if (!char.IsWhiteSpace(letter) && char.GetUnicodeCategory(letter) is not (UnicodeCategory.Control or UnicodeCategory.Format))
                return letter is '=' or '+' or '-' or '@' or '＝' or '＋' or '－' or '＠';
        }

        return false;
    }

    private static string Quoted(string text) =>
        text.AsSpan().ContainsAny("\",\r\n;") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
