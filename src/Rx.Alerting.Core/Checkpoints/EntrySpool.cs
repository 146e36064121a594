using System.Buffers.Binary;

namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// Entries of one pipeline in temporary files: those that a store had while commits came, and those that the commits have changed.
/// Thread-safe until the first <see cref="Read"/>.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>A change counts more than what the store had, whichever was added first. Of several changes of a key, the latest counts.</item>
/// <item>The entries of a section are spread over files by their keys. <see cref="Read"/> has one file at a time in memory.</item>
/// </list>
/// </remarks>
/// <param name="folder">Where the files are.</param>
/// <param name="maximumBytes">The most bytes of all files together.</param>
/// <param name="sections">Entries of other sections are passed over.</param>
internal sealed class EntrySpool(string folder, long maximumBytes, IReadOnlyCollection<string> sections) : IDisposable
{
    /// <summary>Files of a section at most. Each takes a file handle.</summary>
    private const int Parts = 32;

    /// <summary>Kind, both parts of the key, length.</summary>
    private const int HeadBytes = 1 + 8 + 8 + 4;

    private readonly Lock gate = new();
    private readonly Dictionary<(string Section, int Part), FileStream> files = [];
    private long bytes;
    private byte[] content = [];
    private bool isDisposed;

    private enum Kind : byte
    {
        /// <summary>The store had the entry.</summary>
        Had,

        /// <summary>A commit has written the entry.</summary>
        Written,

        /// <summary>A commit has removed the entry.</summary>
        Removed,
    }

    /// <summary>Adds entries that the store had.</summary>
    /// <exception cref="SpoolFullException">There would be more bytes than there may be.</exception>
    /// <exception cref="IOException">The file system does not take them.</exception>
    public void AddHad(IReadOnlyList<StateEntry> chunk)
    {
        lock (gate)
        {
            foreach (var (key, value) in chunk)
                Add(Kind.Had, key, value.Span);
        }
    }

    /// <summary>Adds the changes of a commit. Commits come in their order.</summary>
    /// <inheritdoc cref="AddHad" path="/exception"/>
    public void AddChanges(StateChanges changes)
    {
        lock (gate)
        {
            foreach (var (key, value) in changes.Written)
                Add(Kind.Written, key, value.Span);
            foreach (var key in changes.Removed)
                Add(Kind.Removed, key, default);
        }
    }

    /// <summary>The entries of a section, in no particular order. Nothing is added any more.</summary>
    /// <returns>Each value is valid until the next entry is asked for.</returns>
    public IEnumerable<StateEntry> Read(string section)
    {
        for (var part = 0; part < Parts; part++)
        {
            if (!files.TryGetValue((section, part), out var file))
                continue;
            foreach (var (key, (start, length)) in Latest(file))
                yield return new StateEntry(new StateKey(section, key.High, key.Low), content.AsMemory(start, length));
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            foreach (var file in files.Values)
                file.Dispose();
            files.Clear();
        }
    }

    private void Add(Kind kind, StateKey key, ReadOnlySpan<byte> value)
    {
        if (isDisposed || !sections.Contains(key.Section))
            return;
        bytes += HeadBytes + value.Length;
        if (bytes > maximumBytes)
            throw new SpoolFullException(maximumBytes);
        Span<byte> head = stackalloc byte[HeadBytes];
        head[0] = (byte)kind;
        BinaryPrimitives.WriteUInt64LittleEndian(head[1..], key.High);
        BinaryPrimitives.WriteUInt64LittleEndian(head[9..], key.Low);
        BinaryPrimitives.WriteInt32LittleEndian(head[17..], value.Length);
        var part = (int)((key.High ^ key.Low) % Parts);
        if (!files.TryGetValue((key.Section, part), out var file))
            files.Add((key.Section, part), file = TemporaryFile.Create(folder));
        file.Write(head);
        file.Write(value);
    }

    /// <summary>Where the values that count are in <see cref="content"/>.</summary>
    private Dictionary<(ulong High, ulong Low), (int Start, int Length)> Latest(FileStream file)
    {
        var length = checked((int)file.Length);
        if (content.Length < length)
            content = GC.AllocateUninitializedArray<byte>(length);
        file.Position = 0;
        file.ReadExactly(content, 0, length);
        var latest = new Dictionary<(ulong High, ulong Low), (int Start, int Length)>();
        var changed = new HashSet<(ulong High, ulong Low)>();
        for (var at = 0; at < length;)
        {
            var head = content.AsSpan(at, HeadBytes);
            var kind = (Kind)head[0];
            var key = (BinaryPrimitives.ReadUInt64LittleEndian(head[1..]), BinaryPrimitives.ReadUInt64LittleEndian(head[9..]));
            var value = (Start: at + HeadBytes, Length: BinaryPrimitives.ReadInt32LittleEndian(head[17..]));
            at = value.Start + value.Length;
            if (kind == Kind.Had && changed.Contains(key))
                continue;
            if (kind != Kind.Had)
                changed.Add(key);
            if (kind == Kind.Removed)
                latest.Remove(key);
            else
                latest[key] = value;
        }

        return latest;
    }
}
