using System.Runtime.InteropServices;

namespace Rx.Alerting.Service.Tries;

/// <summary>Lets a thread run only while nobody else wants the processor.</summary>
internal static partial class LowPriority
{
    private const int Process = 0, Self = 0, Nicest = 19;

    /// <summary>
    /// For the calling thread, which must end afterwards: it never gets its priority back. Where the system refuses, the thread goes on as
    /// it is.
    /// </summary>
    public static void Take()
    {
        Thread.CurrentThread.Priority = ThreadPriority.Lowest;
        // On Linux, .NET sets no priority. There, a process is what other systems call a thread.
        if (OperatingSystem.IsLinux())
            _ = SetPriority(Process, Self, Nicest);
    }

    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, int who, int priority);
}
