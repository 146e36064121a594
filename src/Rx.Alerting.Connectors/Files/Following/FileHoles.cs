using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Holes are runs of NULs in a file. A hole comes to be when a log is truncated and its writer keeps its offset.</summary>
internal static class FileHoles
{
    private const int SeekData = 3;
    private const int NothingBehind = 6;

    // Most blocks begin with data, so only a little is read of each.
    private const int LookBytes = 4 << 10;
    private const int BlockBytes = 128 << 10;

    /// <summary>
    /// The offset of the next byte that is not NUL. If there is none, the file's length, or <paramref name="from"/> if that is larger.
    /// </summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    internal static long NextData(SafeFileHandle file, long from)
    {
        Span<byte> look = stackalloc byte[LookBytes];
        var block = look;
        while (true)
        {
            var count = RandomAccess.Read(file, block, from);
            var data = block[..count].IndexOfAnyExcept((byte)0);
            if (data >= 0 || count == 0)
                return from + Math.Max(0, data);
            if (block.Length < BlockBytes)
                block = new byte[BlockBytes];
            from = Math.Max(from + count, WithoutHole(file, from + count));
        }
    }

    /// <summary>Asks the file system where stored data begin again, because a hole may be too large to be read.</summary>
    private static long WithoutHole(SafeFileHandle file, long from)
    {
        if (!OperatingSystem.IsLinux() || !Environment.Is64BitProcess)
            return from;
        var data = Seek((int)file.DangerousGetHandle(), from, SeekData);
        return data >= 0 ? data : Marshal.GetLastPInvokeError() == NothingBehind ? RandomAccess.GetLength(file) : from;
    }

    [DllImport("libc", EntryPoint = "lseek", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern long Seek(int file, long offset, int whence);
}
