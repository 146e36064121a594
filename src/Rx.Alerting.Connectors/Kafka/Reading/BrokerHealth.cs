using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Whether brokers answer, as far as a consumer knows. Each change is logged once. Thread-safe.</summary>
internal sealed class BrokerHealth(KafkaOptions options, ILogger logger)
{
    private readonly Lock sync = new();
    private volatile string? trouble = $"no broker of {options.BootstrapServers} has answered yet";
    private volatile bool areAway;

    /// <summary>Whether all brokers were lost, and none has answered since.</summary>
    internal bool AreAway => areAway;

    /// <summary>What is wrong with the brokers, as a sentence for the operator. Null if they answer.</summary>
    internal string? Trouble => trouble;

    /// <summary>
    /// Takes note of an error that says that brokers cannot be reached. The loss of a single broker changes nothing, because others answer;
    /// librdkafka logs it.
    /// </summary>
    /// <returns>Whether the error was about brokers that cannot be reached.</returns>
    internal bool TryNote(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown)
            Lose(error.Reason);
        return error.Code
            is ErrorCode.Local_AllBrokersDown
            or ErrorCode.Local_Transport
            or ErrorCode.Local_Resolve
            or ErrorCode.Local_TimedOut;
    }

    internal void Lose(string reason)
    {
        lock (sync)
        {
            trouble = $"no broker of {options.BootstrapServers} answers: {reason}";
            if (!areAway)
                KafkaLog.Waiting(logger, options.BootstrapServers, reason);
            areAway = true;
        }
    }

    /// <summary>A broker has answered, or sent records.</summary>
    internal void NoteAnswer()
    {
        if (trouble is null)
            return;
        lock (sync)
        {
            trouble = null;
            if (areAway)
                KafkaLog.Back(logger);
            areAway = false;
        }
    }
}
