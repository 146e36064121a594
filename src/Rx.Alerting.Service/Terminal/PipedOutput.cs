using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Rx.Alerting.Service.Terminal;

/// <summary>
/// The standard output where it is a pipe. The console's own writer shares a lock with the standard error: if nobody read the pipe, the log
/// would stop, too. It also hides that the reader has gone.
/// </summary>
internal static class PipedOutput
{
    private const int Handle = 1;

    /// <summary>A writer of its own for a pipe. Otherwise the console's: files do not block, and a terminal shows both streams.</summary>
    public static TextWriter Of(TextWriter output)
    {
        if (OperatingSystem.IsWindows() || output != Console.Out || !Console.IsOutputRedirected)
            return output;
        var pipe = new FileStream(new SafeFileHandle(Handle, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        if (pipe.CanSeek)
            return output;
        var encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
        return TextWriter.Synchronized(new StreamWriter(pipe, encoding) { AutoFlush = true });
    }
}
