using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>Messages that were taken in one call. Whoever gets one of them destroys it; <see cref="Clear"/> destroys the rest.</summary>
internal sealed unsafe class MessageLot : IDisposable
{
    /// <summary>Enough that the call costs little; few, as they are taken whatever their size.</summary>
    internal const int Size = 128;

    private int count;
    private int next;

    internal NativeMessage** Room { get; private set; } = (NativeMessage**)NativeMemory.Alloc(Size, (nuint)sizeof(NativeMessage*));

    internal int Count => count;

    internal void Taken(nint messages) => (count, next) = ((int)Math.Max(messages, 0), 0);

    /// <summary>The next one, null behind the last.</summary>
    internal NativeMessage* Next() => next < count ? Room[next++] : null;

    internal void Clear()
    {
        for (var message = Next(); message is not null; message = Next())
            Librdkafka.MessageDestroy(message);
    }

    public void Dispose()
    {
        Clear();
        NativeMemory.Free(Room);
        Room = null;
    }
}
