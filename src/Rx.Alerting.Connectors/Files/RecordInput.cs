namespace Rx.Alerting.Connectors.Files;

/// <summary>The bytes of one file, from where reading began to the end, or to where they are for now.</summary>
internal abstract class RecordInput : IDisposable
{
    internal abstract string Path { get; }

    /// <summary>Whether bytes may come behind the end; then <see cref="Read"/> gives 0 for now, else for good.</summary>
    internal virtual bool MayGrow => false;

    /// <summary>Bytes on disk; null where that is not known.</summary>
    internal abstract long? Length { get; }

    /// <summary>Bytes read from disk; may be asked from any thread.</summary>
    internal abstract long BytesRead { get; }

    /// <summary>Why the bytes ended too early; null while all is well.</summary>
    internal SourceProblem? Problem { get; private set; }

    /// <summary>The first bytes of the file.</summary>
    internal abstract ReadOnlySpan<byte> Head { get; }

    /// <summary>Bytes for <paramref name="target"/>; 0 at the end.</summary>
    internal abstract int Read(Span<byte> target);

    /// <summary>Records that the rest of the file cannot be read.</summary>
    internal void Break(string message) => Problem ??= new(Path, message);

    public abstract void Dispose();
}
