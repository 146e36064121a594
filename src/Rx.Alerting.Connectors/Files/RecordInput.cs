namespace Rx.Alerting.Connectors.Files;

/// <summary>The bytes of one file, from the offset at which reading began to the end.</summary>
internal abstract class RecordInput : IDisposable
{
    internal abstract string Path { get; }

    /// <summary>Whether the file may grow. Then <see cref="Read"/> gives 0 while there are no more bytes.</summary>
    internal virtual bool MayGrow => false;

    /// <summary>Bytes on disk. Null if that is not known.</summary>
    internal abstract long? Length { get; }

    /// <summary>Bytes read from disk. Thread-safe.</summary>
    internal abstract long BytesRead { get; }

    /// <summary>Why the bytes ended too early. Null if they did not.</summary>
    internal SourceProblem? Problem { get; private set; }

    /// <summary>The first bytes of the file.</summary>
    internal abstract ReadOnlySpan<byte> Head { get; }

    /// <summary>Reads bytes into <paramref name="target"/>. Gives how many; 0 at the end.</summary>
    internal abstract int Read(Span<byte> target);

    /// <summary>Notes that the rest of the file cannot be read. Only the first problem is kept.</summary>
    internal void Break(string message) => Problem ??= new(Path, message);

    public abstract void Dispose();
}
