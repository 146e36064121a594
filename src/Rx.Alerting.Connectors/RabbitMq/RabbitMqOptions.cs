using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>The RabbitMQ broker that control commands come from. docs/control.md describes exchange, queues and messages.</summary>
[OptionSection("RabbitMq")]
public sealed record RabbitMqOptions : IValidatableObject
{
    /// <summary>
    /// The broker: <c>amqp://user:password@host:5672/vhost</c>, or <c>amqps://</c> for TLS. Empty: commands do not come by RabbitMQ.
    /// </summary>
    public string Uri { get; init; } = string.Empty;

    /// <summary>A file that holds the URI, in place of <see cref="Uri"/>. It is read again for each connection.</summary>
    public string UriFile { get; init; } = string.Empty;

    /// <summary>The fanout exchange that commands are sent to. What cannot be understood goes to the same name with .dead-letter.</summary>
    [Pattern(@"(?!amq\.)[a-zA-Z0-9._:-]{1,200}", "a name of letters, digits and . _ : -, that does not begin with amq.")]
    public string Exchange { get; init; } = "rx-alerting.control";

    /// <summary>
    /// The queue of this process. No other process may have it. Empty: the exchange's name, a dot, and the name of the machine. A process
    /// that keeps its queue's name gets the commands that were sent while it was down.
    /// </summary>
    [Pattern(@"((?!amq\.)[a-zA-Z0-9._:-]{1,250})?", "a name of letters, digits and . _ : -, that does not begin with amq.")]
    public string Queue { get; init; } = string.Empty;

    /// <summary>How long a queue without a process is kept with its commands. All queues of an exchange need not have the same.</summary>
    [TimeRange("1s", "30d")]
    public TimeSpan QueueExpiry { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Commands that are on their way in this process at a time. The broker keeps the others.</summary>
    [Range(1, 10_000)]
    public int Prefetch { get; init; } = 1000;

    /// <summary>
    /// A command that takes longer, such as a large dump, is given back to the broker, which delivers it again. It goes on meanwhile. Must
    /// be shorter than the broker's <c>consumer_timeout</c>, 30 minutes by default: after that, the broker closes the channel.
    /// </summary>
    [TimeRange("1s", "1d")]
    public TimeSpan RedeliverAfter { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Time between two attempts while the broker cannot be reached.</summary>
    [TimeRange("100ms", "10m")]
    public TimeSpan RetryInterval { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Whether there is a broker.</summary>
    public bool HasBroker() => Uri.Length + UriFile.Length > 0;

    /// <summary>The queue of a process.</summary>
    /// <param name="machine">The name of its machine.</param>
    public string QueueOf(string machine) => Queue.Length > 0 ? Queue : $"{Exchange}.{machine}";

    /// <summary>Without the URI, which may hold a password.</summary>
    public override string ToString() => $"RabbitMQ, exchange {Exchange}";

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Uri.Length > 0 && RabbitMqBroker.Parse(Uri) is null)
            yield return new($"cannot be read, must be like {RabbitMqBroker.Form}", [nameof(Uri)]);
        if (Uri.Length > 0 && UriFile.Length > 0)
            yield return new($"must be empty where RabbitMq:{nameof(Uri)} is set", [nameof(UriFile)]);
        else if (UriFile.Length > 0 && RabbitMqBroker.ParseFile(UriFile) is null)
            yield return new($"must name a file that can be read, and has a text like {RabbitMqBroker.Form}", [nameof(UriFile)]);
    }
}
