using System.Reflection;
using System.Runtime.InteropServices;
using Confluent.Kafka;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Lets Confluent.Kafka find its native parts on systems without development packages.</summary>
internal static class KafkaLibrary
{
    private static readonly Lock Once = new();
    private static bool prepared;

    internal static void Prepare()
    {
        lock (Once)
        {
            if (!prepared && OperatingSystem.IsLinux())
                NativeLibrary.SetDllImportResolver(typeof(Library).Assembly, Resolve);
            prepared = true;
        }
    }

    /// <summary>Builds a client; what is wrong with library or settings becomes a message for people.</summary>
    internal static T Build<T>(Func<T> build)
    {
        Prepare();
        try
        {
            return build();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new KafkaSourceException(KafkaProblem.NativeLibrary, "The library librdkafka is not there; run eng/librdkafka, then build again.", e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new KafkaSourceException(KafkaProblem.Configuration, $"Kafka:Settings are refused by librdkafka: {e.Message}", e);
        }
    }

    // The plain name libdl.so belongs to development packages; libdl.so.2 is on every system.
    private static IntPtr Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == "libdl" && NativeLibrary.TryLoad("libdl.so.2", out var handle) ? handle : IntPtr.Zero;
}
