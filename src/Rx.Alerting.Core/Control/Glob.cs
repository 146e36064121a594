namespace Rx.Alerting.Core.Control;

/// <summary>Texts with wildcards: <c>*</c> is any text, <c>?</c> is any one character. Letters match in their case.</summary>
internal static class Glob
{
    /// <summary>Whether a pattern has wildcards.</summary>
    public static bool IsGlob(string pattern) => pattern.AsSpan().ContainsAny('*', '?');

    /// <summary>Whether the whole text fits the pattern.</summary>
    /// <remarks>Only the latest <c>*</c> is ever tried again, so the time is at most the product of both lengths.</remarks>
    public static bool IsMatch(string pattern, string text)
    {
        var (p, t) = (0, 0);
        var (star, resume) = (-1, 0);
        while (t < text.Length)
        {
            if (p < pattern.Length && pattern[p] == '*')
            {
                (star, resume) = (p++, t);
            }
            else if (p < pattern.Length && (pattern[p] == '?' || pattern[p] == text[t]))
            {
                t += pattern[p] == '?' ? CharacterAt(text, t) : 1;
                p++;
            }
            else if (star >= 0)
            {
                resume += CharacterAt(text, resume);
                (p, t) = (star + 1, resume);
            }
            else
            {
                return false;
            }
        }

        return pattern.AsSpan(p).Trim('*').IsEmpty;
    }

    /// <summary>The length of a character in UTF-16.</summary>
    private static int CharacterAt(string text, int index) =>
        char.IsHighSurrogate(text[index]) && index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]) ? 2 : 1;
}
