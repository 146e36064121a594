using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>Splits a line into words. Blanks and tabs separate words.</summary>
internal static class LogWords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    /// <summary>Skips blanks.</summary>
    /// <returns>The position behind the blanks.</returns>
    internal static int Blanks(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && IsBlank(line[at]))
            at++;
        return at;
    }

    /// <summary>Takes the next word. The word is empty at the end of the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Where to begin. Afterwards the position behind the word.</param>
    internal static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> line, ref int at)
    {
        var start = Blanks(line, at);
        var length = line[start..].IndexOfAny((byte)' ', (byte)'\t');
        at = length < 0 ? line.Length : start + length;
        return line[start..at];
    }
}
