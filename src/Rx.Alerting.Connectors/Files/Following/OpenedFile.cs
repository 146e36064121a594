using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>An open file. Its reader is made when its format is known.</summary>
internal sealed class OpenedFile : IDisposable
{
    private readonly FollowOptions options;
    private readonly bool inTheMiddle;
    private long start;

    private OpenedFile(RecordInput input, FileStatus status, long start, bool inTheMiddle, FollowOptions options) =>
        (Input, Status, this.start, this.inTheMiddle, this.options) = (input, status, start, inTheMiddle, options);

    internal RecordInput Input { get; }

    /// <summary>The input, if the file may grow or has grown. Null if the file is compressed.</summary>
    internal LiveFile? Live => Input as LiveFile;

    /// <summary>The status of the file when it was opened.</summary>
    internal FileStatus Status { get; }

    /// <summary>Null until the format is known.</summary>
    internal PartitionReader? Reader { get; private set; }

    internal FilePosition Position
    {
        get
        {
            var offset = Reader?.Position ?? start;
            return FilePosition.Of(Status, Input.Head, offset, Live?.ContentAt(offset));
        }
    }

    /// <param name="path">The path of the file.</param>
    /// <param name="offset">Where to begin. Null: behind the last whole line.</param>
    /// <param name="grows">Whether somebody may still write to the file.</param>
    /// <param name="options">Validated options.</param>
    /// <param name="content">The checksum of the bytes before <paramref name="offset"/>. Null if it is not known.</param>
    /// <exception cref="IOException">The file cannot be opened or read.</exception>
    /// <exception cref="UnauthorizedAccessException">There is no permission to read the file.</exception>
    internal static OpenedFile Open(string path, long? offset, bool grows, FollowOptions options, uint? content = null)
    {
        var isGzip = RotationName.IsGzip(path);
        if (!grows && RotationName.IsUnreadable(path))
            throw new IOException("it is compressed in a way that is not read here; decompress it");
        var handle = options.OpenFile(path);
        try
        {
            var status = FileStatus.Of(handle, options.HasInodes);
            if (!grows && isGzip)
            {
                var input = new FileInput(path, new FileStream(handle, FileAccess.Read, bufferSize: 0), triedAgain: true);
                return new(input, status, offset ?? 0, inTheMiddle: false, options);
            }

            var begin = offset ?? new LiveFile(path, handle, 0).EndOfLines();
            var file = new LiveFile(path, handle, begin, content);
            if (!grows)
                file.SetComplete();
            return new(file, status, begin, offset is null, options);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    /// <summary>Makes the reader as soon as the first whole record tells the format.</summary>
    /// <param name="format">The format of the log. Null if it is not known yet.</param>
    /// <param name="refusal">Why the file cannot be read. Null if it can, or if that is not known yet.</param>
    internal void Begin(ref RecordFormat? format, out string? refusal)
    {
        refusal = null;
        var head = Live is { } live && (format is null || start == 0) ? Peek(live) : Input.Head.TrimStart((byte)0);
        if (Live is not null && head is [0x1F, 0x8B, ..])
        {
            refusal = "is compressed with gzip, and compressed files do not grow; read it with replay";
            return;
        }

        if (start == 0 && Live?.PassHoleAtBeginning() is > 0 and var begin)
            start = begin;
        format ??= FirstRecord.Tell(head, whole: !Input.MayGrow || head.Length >= FileInput.HeadBytes, out refusal);
        if (inTheMiddle && format is { } told && !RecordFormats.Of(told).IsText)
            refusal = "holds Protocol Buffers, of which nothing tells where records begin in the middle; set Follow:StartAt to beginning";
        else if (format is { } known && !(start == 0 && Input.MayGrow && FirstRecord.MayBeMark(head)))
            Reader = MakeReader(known, head);
    }

    /// <summary>Goes on behind a long hole, if a hole comes next, and all bytes before it have been given.</summary>
    /// <param name="format">The format of the log.</param>
    internal void PassHole(RecordFormat format)
    {
        if (Live is not { } live || Reader is not { } reader || reader.Position != live.BytesRead || !live.TryPassHole())
            return;
        start = live.BytesRead;
        Reader = MakeReader(format, []);
    }

    public void Dispose() => Input.Dispose();

    private static ReadOnlySpan<byte> Peek(LiveFile live)
    {
        var head = new byte[Math.Min(FileInput.HeadBytes, live.Length!.Value)];
        return head.AsSpan(0, live.Peek(head));
    }

    private PartitionReader MakeReader(RecordFormat format, ReadOnlySpan<byte> head)
    {
        var text = RecordFormats.Of(format).IsText;
        if (Live is { } live)
            live.HasHoles = text;
        var decoding = RecordFormats.Decoding(format, options.AccessLog, options.MaximumRecordBytes);
        var reader = new PartitionReader(
            Input,
            text ? decoding.WithNuls() : decoding,
            options.BatchViews,
            FileInput.HeadBytes,
            Live is null ? 0 : start);
        var mark = text && start == 0 ? head.Length - ForeignData.TextWithoutMark(head).Length : 0;
        reader.SkipTo(Live is null ? Math.Max(start, mark) : start + mark);
        return reader;
    }
}
