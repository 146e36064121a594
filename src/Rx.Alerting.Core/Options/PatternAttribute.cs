using System.ComponentModel.DataAnnotations;
using System.Text.RegularExpressions;

namespace Rx.Alerting.Core.Options;

/// <summary>
/// What a text, as a whole, must look like. Unlike with <see cref="RegularExpressionAttribute"/>, an empty text is looked at, too.
/// </summary>
/// <param name="pattern">A regular expression.</param>
/// <param name="words">The pattern for people; the end of “must be …”.</param>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PatternAttribute(string pattern, string words) : ValidationAttribute
{
    public string Words => words;

    public override bool IsValid(object? value) =>
        value is string text && Regex.IsMatch(text, $@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
}
