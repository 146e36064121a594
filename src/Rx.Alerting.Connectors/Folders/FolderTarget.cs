using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Connectors.Folders;

/// <summary>Keeps dumps in a folder of this machine.</summary>
/// <remarks>
/// A file is written under another name, and renamed when it is on the disk. Such names begin with a dot, as no key does.
/// </remarks>
public sealed class FolderTarget : IDumpTarget
{
    private const int BufferBytes = 128 << 10;

    /// <summary>A process that is killed leaves its unfinished file behind. No file is written for so long.</summary>
    private static readonly TimeSpan LongestWrite = TimeSpan.FromDays(1);

    private readonly string root;
    private bool isTidy;

    /// <param name="path">The folder. Is made where it is missing.</param>
    public FolderTarget(string path) => root = Path.GetFullPath(path);

    public string Locate(string key) => PathOf(key);

    public async Task WriteAsync(string key, Stream content, CancellationToken cancel)
    {
        var path = PathOf(key);
        var (folder, name) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
        var unfinished = Path.Combine(folder, $".{name}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            if (!isTidy)
                Tidy();
            content.Position = 0;
            await using (var file = new FileStream(unfinished, FileMode.CreateNew, FileAccess.Write, FileShare.None))
            {
                await content.CopyToAsync(file, BufferBytes, cancel).ConfigureAwait(false);
                file.Flush(flushToDisk: true);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        catch (Exception problem)
        {
            Remove(unfinished);
            if (IsKnown(problem))
                throw Failure(path, problem);
            throw;
        }
    }

    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancel)
    {
        var path = PathOf(key);
        try
        {
            if (!File.Exists(path))
                return null;
            if (new FileInfo(path).Length > IDumpTarget.MaximumRead)
                throw new DumpTargetException($"{path} is longer than {IDumpTarget.MaximumRead >> 20} MB", mayPass: false);
            return await File.ReadAllBytesAsync(path, cancel).ConfigureAwait(false);
        }
        catch (Exception problem) when (IsKnown(problem))
        {
            throw Failure(path, problem);
        }
    }

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel)
    {
        var path = PathOf(folder);
        try
        {
            cancel.ThrowIfCancellationRequested();
            var files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories) : [];
            return Task.FromResult<IReadOnlyList<string>>(
            [
                .. files.Where(file => !Path.GetFileName(file).StartsWith('.'))
                    .Select(file => Path.GetRelativePath(root, file).Replace(Path.DirectorySeparatorChar, '/'))
                    .Order(StringComparer.Ordinal),
            ]);
        }
        catch (Exception problem) when (IsKnown(problem))
        {
            throw Failure(path, problem);
        }
    }

    /// <summary>Removes unfinished files of processes that were killed. Other files are not ours.</summary>
    private void Tidy()
    {
        isTidy = true;
        var before = TimeProvider.System.GetUtcNow().UtcDateTime - LongestWrite;
        var options = new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint };
        foreach (var file in Directory.EnumerateFiles(root, ".*", options))
        {
            if (IsUnfinished(Path.GetFileName(file)) && File.GetLastWriteTimeUtc(file) < before)
                Remove(file);
        }
    }

    /// <summary>Whether a name is <c>.NAME.GUID</c>.</summary>
    private static bool IsUnfinished(string name) =>
        name[0] == '.' && name.LastIndexOf('.') is > 1 and var dot && Guid.TryParseExact(name.AsSpan(dot + 1), "N", out _);

    private string PathOf(string key)
    {
        var path = Path.GetFullPath(Path.Combine(root, key));
        return path.StartsWith(root.TrimEnd(Path.DirectorySeparatorChar) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? path
            : throw new ArgumentException($"“{key}” is outside of {root}.", nameof(key));
    }

    private static bool IsKnown(Exception problem) => problem is IOException or UnauthorizedAccessException;

    private static DumpTargetException Failure(string path, Exception problem)
    {
        var mayPass = problem is not (UnauthorizedAccessException or PathTooLongException);
        return new($"{path} cannot be used: {problem.Message}", mayPass, problem);
    }

    private static void Remove(string file)
    {
        try
        {
            File.Delete(file);
        }
        catch (Exception problem) when (IsKnown(problem))
        {
            // The failure before is the one to tell.
        }
    }
}
