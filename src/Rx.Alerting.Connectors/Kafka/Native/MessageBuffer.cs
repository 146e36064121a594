using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>
/// The array of pointers into which one call of librdkafka puts the messages that it takes from a queue. Filled again and again.
/// The receiver of <see cref="Next"/> destroys that message. <see cref="Clear"/> destroys the messages that nobody has received.
/// </summary>
internal sealed unsafe class MessageBuffer : IDisposable
{
    /// <summary>Large enough that the call costs little for a message; small, because messages are taken whatever their size.</summary>
    internal const int Capacity = 128;

    private int count;
    private int next;

    internal NativeMessage** Slots { get; private set; } = (NativeMessage**)NativeMemory.Alloc(Capacity, (nuint)sizeof(NativeMessage*));

    internal int Count => count;

    /// <summary>Says how many slots librdkafka has filled; negative if the call failed.</summary>
    internal void SetFilled(nint messages) => (count, next) = ((int)Math.Max(messages, 0), 0);

    /// <summary>Gives the next message away; null behind the last.</summary>
    internal NativeMessage* Next() => next < count ? Slots[next++] : null;

    internal void Clear()
    {
        for (var message = Next(); message is not null; message = Next())
            Librdkafka.MessageDestroy(message);
    }

    public void Dispose()
    {
        Clear();
        NativeMemory.Free(Slots);
        Slots = null;
    }
}
