using System.Runtime.CompilerServices;

namespace Rx.Alerting.Core.Views;

/// <summary>The words of a line, which blanks or tabs keep apart.</summary>
internal static class LogWords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    /// <summary>Passes over blanks.</summary>
    internal static int Blanks(ReadOnlySpan<byte> line, int at)
    {
        while (at < line.Length && IsBlank(line[at]))
            at++;
        return at;
    }

    /// <summary>Takes the word at a position or behind the blanks there. It is empty at the end of the line.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">Stands behind the word afterwards.</param>
    internal static ReadOnlySpan<byte> Take(ReadOnlySpan<byte> line, ref int at)
    {
        var start = Blanks(line, at);
        var length = line[start..].IndexOfAny((byte)' ', (byte)'\t');
        at = length < 0 ? line.Length : start + length;
        return line[start..at];
    }
}
