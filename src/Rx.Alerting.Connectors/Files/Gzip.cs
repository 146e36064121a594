using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace Rx.Alerting.Connectors.Files;

/// <summary>The content of gzip data (RFC 1952): of all members, one after the other. Zero bytes behind a member are padding.</summary>
/// <remarks>
/// The framework's own stream ends when the bytes behind a member are not a member, so these bytes would be lost without a word. So this
/// class looks for the end of a member itself: it is where the checksum and the length of the content stand, and both are known when the
/// content has been read.
/// </remarks>
internal sealed class Gzip : ReadingStream
{
    private const byte Magic1 = 0x1F, Magic2 = 0x8B, Deflated = 8;
    private const int HeaderCheck = 2, HeaderExtra = 4, HeaderName = 8, HeaderComment = 16, HeaderReserved = 0xE0;
    private const int TrailerBytes = 8;

    private readonly GzipBytes bytes;
    private readonly Crc32 check = new();
    private DeflateStream? member;
    private uint length;
    private bool began;

    private Gzip(Stream data) => bytes = new(data);

    /// <summary>
    /// A stream of the content of <paramref name="data"/>, which is disposed of with the stream. If the data are cut off, damaged, or
    /// followed by something else, reading throws <see cref="InvalidDataException"/> with a message for people.
    /// </summary>
    internal static Stream Open(Stream data) => new Gzip(data);

    internal static bool IsMagic(ReadOnlySpan<byte> bytes) => bytes is [Magic1, Magic2, ..];

    public override int Read(Span<byte> buffer)
    {
        while (!buffer.IsEmpty && (member is not null || TryBegin()))
        {
            var count = ReadMember(buffer);
            if (count > 0)
                return count;
            End();
        }

        return 0;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            member?.Dispose();
            bytes.Dispose();
        }

        base.Dispose(disposing);
    }

    private int ReadMember(Span<byte> buffer)
    {
        int count;
        try
        {
            count = member!.Read(buffer);
        }
        catch (InvalidDataException)
        {
            throw Damaged();
        }

        check.Append(buffer[..count]);
        length += (uint)count;
        return count;
    }

    private bool TryBegin()
    {
        if (began)
            bytes.SkipZeros();
        var start = bytes.Offset;
        var first = bytes.Next();
        if (first < 0)
            return false;
        if (first != Magic1 || bytes.Next() != Magic2)
            throw new InvalidDataException($"at byte {start} of the file begins something that is no gzip data, and was not read");

        SkipHeader();
        began = true;
        member = new(bytes, CompressionMode.Decompress, leaveOpen: true);
        return true;
    }

    private void SkipHeader()
    {
        var method = NextOfHeader();
        var flags = NextOfHeader();
        if (method != Deflated || (flags & HeaderReserved) != 0)
            throw Damaged();
        Skip(6);
        if ((flags & HeaderExtra) != 0)
            Skip(NextOfHeader() | (NextOfHeader() << 8));
        if ((flags & HeaderName) != 0)
            SkipText();
        if ((flags & HeaderComment) != 0)
            SkipText();
        if ((flags & HeaderCheck) != 0)
            Skip(2);
    }

    private void Skip(int count)
    {
        while (count-- > 0)
            NextOfHeader();
    }

    private void SkipText()
    {
        while (NextOfHeader() != 0)
        {
        }
    }

    private int NextOfHeader() => bytes.Next() is >= 0 and var next ? next : throw Damaged();

    private void End()
    {
        Span<byte> trailer = stackalloc byte[TrailerBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(trailer, check.GetCurrentHashAsUInt32());
        BinaryPrimitives.WriteUInt32LittleEndian(trailer[4..], length);
        if (!bytes.TryMoveBehind(trailer))
            throw Damaged();
        member!.Dispose();
        (member, length) = (null, 0);
        check.Reset();
    }

    private static InvalidDataException Damaged() => new("the gzip data are cut off or damaged");
}
