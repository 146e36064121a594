using System.Buffers.Binary;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Tells files by their contents.</summary>
internal sealed class FileContents(FollowOptions options)
{
    /// <summary>How many bytes at the beginning tell one file from another.</summary>
    internal const int TellingBytes = 64;

    /// <summary>
    /// How many bytes tell one file from another if all bytes that were read are compared, not only the beginning: a short record.
    /// </summary>
    private const int TellingContentBytes = 32;

    private readonly Dictionary<FoundFile, (FilePosition Position, bool Continues)> compared = [];

    /// <summary>Whether a file begins like the file of a position.</summary>
    /// <exception cref="IOException">The file cannot be read now, so nobody knows.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    internal bool BeginsLike(FoundFile file, FilePosition position)
    {
        Span<byte> head = stackalloc byte[position.Hashed];
        return position.Fits(file.Status, head[..HeadOf(file.Path, head)]);
    }

    /// <summary>
    /// Whether a file with another inode begins with all the bytes that were read before a position. Such a file is a copy, and may be
    /// longer.
    /// </summary>
    /// <remarks>
    /// A file that begins alike may be another file, for example because somebody has edited it. So all bytes that were read are compared.
    /// Only the beginning is compared if the file is compressed, or the checkpoint has no checksum of the content, as checkpoints of
    /// earlier releases.
    /// </remarks>
    /// <inheritdoc cref="BeginsLike"/>
    internal bool Continues(FoundFile file, FilePosition position)
    {
        var isCompressed = RotationName.IsCompressed(file.Path);
        var known = isCompressed || position.Offset == 0 ? null : position.Content;
        var telling = position.Inode == 0 ? 1 : known is null ? TellingBytes : TellingContentBytes;
        if (position.Hashed < telling || !IsLongEnough(file, position) || !BeginsLike(file, position))
            return false;
        if (known is not { } content)
            return true;

        // The whole file may have to be read. So that is not done at every look.
        if (compared.TryGetValue(file, out var before) && before.Position == position)
            return before.Continues;
        using var handle = options.OpenFile(file.Path);
        var continues = ContentChecksum.Add(0, handle, 0, position.Offset) == content;
        compared.Clear();
        compared[file] = (position, continues);
        return continues;
    }

    /// <summary>Whether a file is long enough to be the file of a position.</summary>
    internal static bool IsLongEnough(FoundFile file, FilePosition position) =>
        RotationName.IsCompressed(file.Path) || file.Status.Length >= position.Offset;

    /// <summary>Whether a copy has more than so many bytes of content.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    internal bool IsLonger(FoundFile copy, long length)
    {
        if (!RotationName.IsCompressed(copy.Path))
            return copy.Status.Length > length;
        if (!RotationName.IsGzip(copy.Path) || copy.Status.Length < 4)
            return false;

        // Gzip data end with the length of their content, modulo 4 GiB.
        using var handle = options.OpenFile(copy.Path);
        Span<byte> end = stackalloc byte[4];
        RandomAccess.Read(handle, end, copy.Status.Length - end.Length);
        return (int)(BinaryPrimitives.ReadUInt32LittleEndian(end) - (uint)length) > 0;
    }

    /// <summary>
    /// Reads the first bytes of a file's content. If the file begins with a hole, the content begins behind the hole. Reads nothing if the
    /// file has gone meanwhile, or is damaged.
    /// </summary>
    /// <inheritdoc cref="BeginsLike"/>
    internal int HeadOf(string file, Span<byte> target)
    {
        try
        {
            using var handle = options.OpenFile(file);
            if (!RotationName.IsGzip(file))
            {
                var begin = FileHoles.NextData(handle, 0);
                using var raw = new FileStream(handle, FileAccess.Read, bufferSize: 0) { Position = begin };
                return raw.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            }

            using var content = Gzip.Open(new FileStream(handle, FileAccess.Read, bufferSize: 0));
            return HeadOf(content, target);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException or InvalidDataException)
        {
            return 0;
        }
    }

    private static int HeadOf(Stream content, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            var count = content.ReadAtLeast(target, target.Length, throwOnEndOfStream: false);
            if (target[..count].IndexOfAnyExcept((byte)0) is >= 0 and var begin)
            {
                target[begin..count].CopyTo(target);
                var rest = target[(count - begin)..];
                return count - begin + content.ReadAtLeast(rest, rest.Length, throwOnEndOfStream: false);
            }

            if (count < target.Length)
                return 0;
        }

        return 0;
    }
}
