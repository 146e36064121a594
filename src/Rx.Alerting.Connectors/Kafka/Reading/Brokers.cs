using Confluent.Kafka;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Kafka.Reading;

/// <summary>Whether brokers answer, as far as a consumer knows; logged once whenever that changes. Thread-safe.</summary>
internal sealed class Brokers(KafkaOptions options, ILogger logger)
{
    private readonly Lock sync = new();
    private volatile string? trouble = $"no broker of {options.BootstrapServers} has answered yet";
    private volatile bool areAway;

    /// <summary>Whether none has answered since all were lost.</summary>
    internal bool AreAway => areAway;

    /// <summary>For people; null: they answer.</summary>
    internal string? Trouble => trouble;

    /// <summary>Takes an error, if it is of brokers that cannot be reached. While others can, one does not matter: librdkafka logs it.</summary>
    internal bool TryTake(Error error)
    {
        if (error.Code == ErrorCode.Local_AllBrokersDown)
            Lose(error.Reason);
        return error.Code is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Transport or ErrorCode.Local_Resolve or ErrorCode.Local_TimedOut;
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

    /// <summary>One has answered, or sent records.</summary>
    internal void Answer()
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
