namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Files that nobody else needs. They have no name any more, so a process that is killed leaves none behind.</summary>
internal static class TemporaryFile
{
    private const int BufferBytes = 16 << 10;

    /// <param name="folder">Is made where it is missing.</param>
    /// <exception cref="IOException">The file cannot be made.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder does not let us.</exception>
    public static FileStream Create(string folder)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, $"rx-alerting-{Guid.NewGuid():N}.tmp");
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = BufferBytes,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(path, options);
        File.Delete(path);
        return file;
    }
}
