using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka.Native;

/// <summary>
/// The functions of librdkafka that Confluent.Kafka does not offer: mostly queues of partitions. They are bound to the very file that
/// Confluent.Kafka has loaded, so they work only once Confluent.Kafka has made a client.
/// </summary>
internal static unsafe partial class Librdkafka
{
    private const string Library = "rx-alerting-librdkafka";

    static Librdkafka() => NativeLibrary.SetDllImportResolver(typeof(Librdkafka).Assembly, Resolve);

    /// <summary>The client behind Confluent.Kafka's handle; valid until the handle is disposed of.</summary>
    internal static nint Client(Handle handle)
    {
        var property = typeof(Handle).GetProperty("LibrdkafkaHandle", BindingFlags.Instance | BindingFlags.NonPublic);
        return property?.GetValue(handle) is SafeHandle { IsInvalid: false } native
            ? native.DangerousGetHandle()
            : throw new KafkaSourceException(
                KafkaProblem.NativeLibrary,
                $"Confluent.Kafka {typeof(Handle).Assembly.GetName().Version} does not show librdkafka's own handle any more; "
                + "use the version of Directory.Packages.props.");
    }

    [LibraryImport(Library, EntryPoint = "rd_kafka_version")]
    internal static partial int Version();

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_get_partition", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial nint QueueOfPartition(nint client, string topic, int partition);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_forward")]
    internal static partial void QueueForward(nint source, nint destination);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_cb_event_enable")]
    internal static partial void QueueOnArrival(nint queue, delegate* unmanaged[Cdecl]<nint, nint, void> callback, nint opaque);

    [LibraryImport(Library, EntryPoint = "rd_kafka_consume_batch_queue")]
    internal static partial nint ConsumeBatch(nint queue, int timeout, NativeMessage** messages, nuint size);

    /// <summary>Gives the offsets that the latest fetch told. Asks no broker.</summary>
    [LibraryImport(Library, EntryPoint = "rd_kafka_get_watermark_offsets", StringMarshalling = StringMarshalling.Utf8)]
    internal static partial int WatermarkOffsets(nint client, string topic, int partition, long* low, long* high);

    [LibraryImport(Library, EntryPoint = "rd_kafka_queue_destroy")]
    internal static partial void QueueDestroy(nint queue);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_timestamp")]
    [SuppressGCTransition]
    internal static partial long MessageTimestamp(NativeMessage* message, int* type);

    [LibraryImport(Library, EntryPoint = "rd_kafka_message_destroy")]
    internal static partial void MessageDestroy(NativeMessage* message);

    // The package brings several builds of the library. Confluent.Kafka takes the first that can be loaded, so the name of the file is not
    // known before.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path)
    {
        if (name != Library)
            return 0;
        using var process = Process.GetCurrentProcess();
        foreach (ProcessModule module in process.Modules)
        {
            var file = Path.GetFileName(module.FileName);
            if (file.Contains("librdkafka.", StringComparison.Ordinal) && NativeLibrary.TryLoad(module.FileName, out var library))
                return library;
        }

        throw new KafkaSourceException(
            KafkaProblem.NativeLibrary,
            "Confluent.Kafka has loaded librdkafka from no file of its name; leave its file as it is in the package.");
    }
}
