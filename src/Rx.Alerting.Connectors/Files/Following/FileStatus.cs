using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>What the file system says about a file.</summary>
/// <param name="Inode">The file's number in its file system, the same under every name. 0 if files have no numbers there.</param>
/// <param name="Length">The length in bytes.</param>
/// <param name="Written">When the file was last written, in nanoseconds or ticks; only to be compared.</param>
/// <param name="HasName">False if the file has been deleted, and is only still open.</param>
/// <param name="Born">When the file was made, in nanoseconds. 0 if that is not known.</param>
/// <param name="Device">The file system. An inode is unique only within it.</param>
internal readonly record struct FileStatus(ulong Inode, long Length, long Written, bool HasName, ulong Born = 0, ulong Device = 0)
{
    private const int CurrentFolder = -100;
    private const int OfHandle = 0x1000;
    private const uint BasicFields = 0x7FF;
    private const uint BornField = 0x800;
    private const int RegularFile = 0x8000;
    private const int Folder = 0x4000;

    /// <summary>What all names of one file have in common. Null if files have no numbers.</summary>
    internal (ulong Device, ulong Inode)? Id => Inode == 0 ? null : (Device, Inode);

    /// <summary>The status of a file. Null if there is no such file, or if it is a folder, a device or the like.</summary>
    internal static FileStatus? Of(string path, bool inodes)
    {
        if (inodes && Ask(CurrentFolder, path, 0, RegularFile, out var status) is { } found)
            return found ? status : null;
        var file = new FileInfo(path);
        return file.Exists ? new(0, file.Length, file.LastWriteTimeUtc.Ticks, HasName: true) : null;
    }

    /// <summary>Whether there is something that is neither a file nor a folder.</summary>
    internal static bool IsOther(string path) => File.Exists(path) && Of(path, inodes: true) is null;

    /// <summary>Why there is no file to read, for people.</summary>
    internal static string WhyNone(string path)
    {
        try
        {
            if ((File.GetAttributes(path) & FileAttributes.Directory) != 0)
                return "a folder";
            if (Of(path, inodes: true) is not null)
                return "read as a part of another log";
            if (new FileInfo(path).LinkTarget is { } target)
                return $"a link to {target}, where nothing is";
            return IsOther(path) ? "a pipe, a socket or a device" : "not there yet";
        }
        catch (UnauthorizedAccessException)
        {
            return "in a folder that may not be looked into";
        }
        catch (IOException)
        {
            return "not there yet";
        }
    }

    /// <summary>What all spellings of a folder have in common. Null if there is no such folder, or folders have no numbers.</summary>
    internal static (ulong Device, ulong Inode)? OfFolder(string path, bool inodes) =>
        inodes && Ask(CurrentFolder, path, 0, Folder, out var status) == true ? status.Id : null;

    internal static FileStatus Of(SafeFileHandle handle, bool inodes)
    {
        if (inodes && Ask((int)handle.DangerousGetHandle(), string.Empty, OfHandle, RegularFile, out var status) == true)
            return status;
        return new(0, RandomAccess.GetLength(handle), File.GetLastWriteTimeUtc(handle).Ticks, HasName: true);
    }

    // statx, because stat has another layout on every processor. Null if this system cannot tell.
    private static bool? Ask(int folder, string path, int flags, int kind, out FileStatus status)
    {
        var answer = new byte[256];
        status = default;
        try
        {
            if (Statx(folder, Encoding.UTF8.GetBytes(path + '\0'), flags, BasicFields | BornField, answer) != 0)
                return File.Exists(path) ? null : false;
        }
        catch (Exception e) when (e is EntryPointNotFoundException or DllNotFoundException)
        {
            return null;
        }

        if ((BinaryPrimitives.ReadUInt16LittleEndian(answer.AsSpan(28)) & 0xF000) != kind)
            return false;
        status = new(
            BinaryPrimitives.ReadUInt64LittleEndian(answer.AsSpan(32)),
            BinaryPrimitives.ReadInt64LittleEndian(answer.AsSpan(40)),
            Nanoseconds(answer.AsSpan(112)),
            BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(16)) > 0,
            (BinaryPrimitives.ReadUInt32LittleEndian(answer) & BornField) != 0 ? (ulong)Nanoseconds(answer.AsSpan(80)) : 0,
            ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(136)) << 32)
                | BinaryPrimitives.ReadUInt32LittleEndian(answer.AsSpan(140)));
        return true;
    }

    private static long Nanoseconds(ReadOnlySpan<byte> time) =>
        (BinaryPrimitives.ReadInt64LittleEndian(time) * 1_000_000_000) + BinaryPrimitives.ReadUInt32LittleEndian(time[8..]);

    [DllImport("libc", EntryPoint = "statx")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Statx(int folder, byte[] path, int flags, uint fields, byte[] answer);
}
