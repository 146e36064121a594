using System.Runtime.InteropServices;
using Confluent.Kafka;
using Rx.Alerting.Connectors.Kafka.Native;

namespace Rx.Alerting.Connectors.Kafka;

/// <summary>Makes clients of Confluent.Kafka. Turns faults of the native library or of settings into messages for people.</summary>
public static class KafkaLibrary
{
    /// <summary>Loads the native library early: later the process may have no file handle left to load it.</summary>
    /// <exception cref="KafkaSourceException">The library cannot be loaded.</exception>
    public static void Load() => Build(() =>
    {
        Library.Load();
        return Librdkafka.Version();
    });

    /// <exception cref="KafkaSourceException">The native library cannot be loaded, or refuses the settings.</exception>
    internal static T Build<T>(Func<T> build)
    {
        try
        {
            return build();
        }
        catch (Exception e) when (e is DllNotFoundException or TypeInitializationException)
        {
            throw new KafkaSourceException(
                KafkaProblem.NativeLibrary,
                $"librdkafka, the native library of Confluent.Kafka, cannot be loaded on {RuntimeInformation.RuntimeIdentifier}; "
                + "its files lie in the program's folder or in runtimes below it: copy that folder as a whole.",
                e);
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentException or KafkaException)
        {
            throw new KafkaSourceException(KafkaProblem.Configuration, $"Kafka:Settings are refused by librdkafka: {e.Message}", e);
        }
    }
}
