using System.Runtime.InteropServices;
using Rx.Alerting.Service.CommandLine;

// Where a file may not grow any more (ulimit -f), Linux and macOS end the process, unless it says that it handles this signal (SIGXFSZ).
// Then the write fails like any other, and it is said why.
using var fileSize = OperatingSystem.IsWindows() ? null : PosixSignalRegistration.Create((PosixSignal)25, signal => signal.Cancel = true);

return await RxAlertingCommand.RunAsync(args, CommandHost.OfProcess());
