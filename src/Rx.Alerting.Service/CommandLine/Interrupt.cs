using System.Runtime.InteropServices;

namespace Rx.Alerting.Service.CommandLine;

/// <summary>Lets a command end in good order at the first Ctrl+C or SIGTERM; a second one ends the process as usual.</summary>
internal sealed class Interrupt : IDisposable
{
    private readonly CancellationTokenSource stop;
    private readonly PosixSignalRegistration[] registrations;

    public Interrupt(CancellationToken also)
    {
        stop = CancellationTokenSource.CreateLinkedTokenSource(also);
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
        ];
    }

    public CancellationToken Token => stop.Token;

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
        stop.Dispose();
    }

    private void Handle(PosixSignalContext signal)
    {
        if (stop.IsCancellationRequested)
            return;

        signal.Cancel = true;
        stop.Cancel();
    }
}
