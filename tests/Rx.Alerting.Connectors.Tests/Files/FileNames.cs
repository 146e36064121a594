using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>What the framework cannot make: hard links and pipes.</summary>
internal static class FileNames
{
    internal static void LinkHard(string file, string name) => Assert.Equal(0, Link(file, name));

    internal static void MakePipe(string path) => Assert.Equal(0, MakeFifo(path, 0x180));

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string file, [MarshalAs(UnmanagedType.LPUTF8Str)] string name);

    [DllImport("libc", EntryPoint = "mkfifo")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int MakeFifo([MarshalAs(UnmanagedType.LPUTF8Str)] string path, uint mode);
}
