using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>Wakes the reading thread when librdkafka puts something into an empty queue.</summary>
internal sealed unsafe class Arrivals : IDisposable
{
    private readonly AutoResetEvent arrived = new(false);
    private readonly GCHandle self;

    internal Arrivals() => self = GCHandle.Alloc(this);

    internal void Wait(TimeSpan longest) => arrived.WaitOne(longest);

    /// <summary>
    /// Lets this queue wake the thread. To be undone by <see cref="Unwatch"/> before the queue is destroyed or this object is disposed of.
    /// </summary>
    internal void Watch(nint queue) => Librdkafka.QueueOnArrival(queue, &Arrived, GCHandle.ToIntPtr(self));

    /// <summary>On return, no callback of the queue is running, because librdkafka calls back under the queue's lock.</summary>
    internal static void Unwatch(nint queue) => Librdkafka.QueueOnArrival(queue, null, 0);

    public void Dispose()
    {
        self.Free();
        arrived.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Arrived(nint client, nint self) => ((Arrivals)GCHandle.FromIntPtr(self).Target!).arrived.Set();
}
