using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>
/// What stands before the values of a record: <c>{"view_id":</c>, <c>,"property_id":</c> and so on. Whoever writes records writes
/// them all alike, so the next one most likely has the same bytes before its values: to compare them is cheaper than to read them.
/// </summary>
/// <remarks>
/// Only a guess: a member that is not where it is expected is read, and expected there the next time. Members that are left out,
/// at most two in a row, are passed over. What a member means depends on its bytes alone, so that a wrong guess costs time and nothing else.
/// </remarks>
internal sealed class MuxJsonLayout
{
    /// <summary>Members that are remembered; those behind them are read.</summary>
    private const int MaximumMembers = 128;

    /// <summary>How many expected members one is looked for among.</summary>
    private const int Ahead = 3;

    /// <summary>One more, which no member is like.</summary>
    private readonly Member[] members = new Member[MaximumMembers + 1];

    [ThreadStatic]
    private static MuxJsonLayout? ofThread;

    /// <summary>The layout of the records that this thread has decoded last: what follows on one thread is mostly from one source.</summary>
    internal static MuxJsonLayout OfThread => ofThread ??= new MuxJsonLayout();

    /// <summary>What is expected at a place. Places count the members of a record, up to <see cref="MaximumMembers"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Member At(int place) => ref members[place];

    /// <summary>Looks for a member that is not at its place among the next ones.</summary>
    /// <returns>Its place, or -1.</returns>
    internal int Find(int place, ReadOnlySpan<byte> json)
    {
        for (var i = place; i < Math.Min(place + Ahead, MaximumMembers); i++)
        {
            if (members[i].Begins(json))
                return i;
        }

        return -1;
    }

    /// <summary>Expects a member at a place from now on.</summary>
    /// <returns>The next place.</returns>
    internal int Learn(int place, ReadOnlySpan<byte> text, MuxField field)
    {
        if (place == MaximumMembers)
            return place;
        if (text.Length <= Vector512<byte>.Count)
            members[place] = new Member(text, field);
        return place + 1;
    }

    /// <summary>A separator, a name and a colon, with the blanks before them.</summary>
    internal readonly struct Member
    {
        private readonly Vector512<byte> text;

        /// <summary>A bit for each byte behind it.</summary>
        private readonly ulong behind;

        internal Member(ReadOnlySpan<byte> bytes, MuxField field)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(new Span<Vector512<byte>>(ref text)));
            behind = bytes.Length < Vector512<byte>.Count ? ulong.MaxValue << bytes.Length : 0;
            (Length, Field) = (bytes.Length, field);
        }

        internal int Length { get; }

        internal MuxField Field { get; }

        /// <summary>Whether it is what a text has at a position; false where the text ends soon.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool IsAt(ReadOnlySpan<byte> json, int at) => json.Length - at >= Vector512<byte>.Count
            && (Vector512.Equals(Vector512.Create(json.Slice(at, Vector512<byte>.Count)), text).ExtractMostSignificantBits() | behind) == ulong.MaxValue;

        /// <summary>Whether a text begins with it.</summary>
        internal bool Begins(ReadOnlySpan<byte> json) =>
            Length > 0 && json.StartsWith(MemoryMarshal.AsBytes(new ReadOnlySpan<Vector512<byte>>(in text))[..Length]);
    }
}
