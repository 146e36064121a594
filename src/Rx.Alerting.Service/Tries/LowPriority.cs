using System.Runtime.InteropServices;

namespace Rx.Alerting.Service.Tries;

/// <summary>Lets other threads run before a thread.</summary>
internal static partial class LowPriority
{
    private const int Process = 0, Self = 0;

    /// <summary>
    /// A third of what others get. With less, a collection of garbage would wait for the thread, and all others for the collection.
    /// </summary>
    private const int Nice = 5;

    /// <summary>
    /// For the calling thread, which must end afterwards: it never gets its priority back. Where the system refuses, the thread goes on as
    /// it is.
    /// </summary>
    public static void Take()
    {
        Thread.CurrentThread.Priority = ThreadPriority.BelowNormal;
        // On Linux, .NET sets no priority. There, a process is what other systems call a thread.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(Process, Self, Nice);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
