using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>
/// Remembers the bytes before the values of a record: <c>{"view_id":</c>, <c>,"property_id":</c> and so on. All records of one writer are
/// alike, so the next record most likely has the same bytes. Comparing them is cheaper than reading them.
/// </summary>
/// <remarks>
/// The layout is only a guess, so a wrong guess costs time and nothing else:
/// <list type="bullet">
/// <item>A member that is not at its expected place is read, and expected at that place from then on.</item>
/// <item>Up to two expected members in a row may be left out.</item>
/// <item>The meaning of a member depends on its bytes alone.</item>
/// </list>
/// </remarks>
internal sealed class MuxJsonLayout
{
    /// <summary>How many members are remembered. Later members of a record are read.</summary>
    private const int MaximumMembers = 128;

    /// <summary>How many expected members are compared with a member that is not at its place.</summary>
    private const int Ahead = 3;

    /// <summary>The remembered members, and an empty last member that equals no member of a record.</summary>
    private readonly Member[] members = new Member[MaximumMembers + 1];

    [ThreadStatic]
    private static MuxJsonLayout? ofThread;

    /// <summary>The layout of the records that this thread decoded last. Most of its next records are of the same source.</summary>
    internal static MuxJsonLayout OfThread => ofThread ??= new MuxJsonLayout();

    /// <summary>The member that is expected at a place: 0 to <see cref="MaximumMembers"/>, counted from the record's begin.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref readonly Member At(int place) => ref members[place];

    /// <summary>Looks for a member of a record among the next expected members.</summary>
    /// <returns>The member's place, or -1.</returns>
    internal int Find(int place, ReadOnlySpan<byte> json)
    {
        for (var i = place; i < Math.Min(place + Ahead, MaximumMembers); i++)
        {
            if (members[i].Begins(json))
                return i;
        }

        return -1;
    }

    /// <summary>Remembers a member at a place.</summary>
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

        /// <summary>Has a bit for each byte of the vector behind the text.</summary>
        private readonly ulong behind;

        internal Member(ReadOnlySpan<byte> bytes, MuxField field)
        {
            bytes.CopyTo(MemoryMarshal.AsBytes(new Span<Vector512<byte>>(ref text)));
            behind = bytes.Length < Vector512<byte>.Count ? ulong.MaxValue << bytes.Length : 0;
            (Length, Field) = (bytes.Length, field);
        }

        internal int Length { get; }

        internal MuxField Field { get; }

        /// <summary>Whether a record has this member at a position. False if fewer bytes than a vector has follow in the record.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        internal bool IsAt(ReadOnlySpan<byte> json, int at) => json.Length - at >= Vector512<byte>.Count
            && (Vector512.Equals(Vector512.Create(json.Slice(at, Vector512<byte>.Count)), text).ExtractMostSignificantBits() | behind)
                == ulong.MaxValue;

        /// <summary>Whether a text begins with this member.</summary>
        internal bool Begins(ReadOnlySpan<byte> json) =>
            Length > 0 && json.StartsWith(MemoryMarshal.AsBytes(new ReadOnlySpan<Vector512<byte>>(in text))[..Length]);
    }
}
