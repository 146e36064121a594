using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>Wakes the thread that reads when a queue that was empty has got something.</summary>
internal sealed unsafe class Arrivals : IDisposable
{
    private readonly AutoResetEvent arrived = new(false);
    private readonly GCHandle self;

    internal Arrivals() => self = GCHandle.Alloc(this);

    internal void Wait(TimeSpan longest) => arrived.WaitOne(longest);

    /// <summary>Has this queue wake; ends before the queue is destroyed, and before this is disposed of.</summary>
    internal void Watch(nint queue) => Librdkafka.QueueOnArrival(queue, &Arrived, GCHandle.ToIntPtr(self));

    /// <summary>When it returns, nothing of the queue is on its way: librdkafka calls back under the queue's lock.</summary>
    internal static void Unwatch(nint queue) => Librdkafka.QueueOnArrival(queue, null, 0);

    public void Dispose()
    {
        self.Free();
        arrived.Dispose();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void Arrived(nint client, nint self) => ((Arrivals)GCHandle.FromIntPtr(self).Target!).arrived.Set();
}
