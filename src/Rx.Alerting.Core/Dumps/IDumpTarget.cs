namespace Rx.Alerting.Core.Dumps;

/// <summary>Keeps dumps: files with keys such as <c>7f45/manifest.json</c>. Thread-safe, also among processes.</summary>
/// <remarks>Parts of a key are separated by <c>/</c>, and are safe as names of files (<see cref="DumpNames"/>).</remarks>
/// <exception cref="DumpTargetException">From every method that is asynchronous: the target did not answer, or refused.</exception>
public interface IDumpTarget
{
    /// <summary>The largest file that <see cref="ReadAsync"/> gives.</summary>
    const int MaximumRead = 16 << 20;

    /// <summary>Where a file is, for people.</summary>
    string Locate(string key);

    /// <summary>Writes a file. It is there as a whole or not at all, and replaces an earlier one.</summary>
    /// <param name="key">Of the file.</param>
    /// <param name="content">Seekable, read from its beginning to its end. Stays open.</param>
    /// <param name="cancel">Gives up. What was sent is removed as far as possible.</param>
    Task WriteAsync(string key, Stream content, CancellationToken cancel);

    /// <summary>Reads a small file.</summary>
    /// <returns>Null if there is none.</returns>
    Task<byte[]?> ReadAsync(string key, CancellationToken cancel);

    /// <summary>The keys of all files beneath a folder, in ordinal order. Files that were written before the call are among them.</summary>
    /// <param name="folder">The first parts of their keys, without a <c>/</c> at its end.</param>
    /// <param name="cancel">Gives up.</param>
    Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel);
}
