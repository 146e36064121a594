using System.Reactive.Linq;

namespace Rx.Alerting.Connectors.RabbitMq;

/// <summary>The messages with commands, as long as somebody subscribes. Connects again whenever the connection is lost.</summary>
/// <param name="options">Have a broker.</param>
/// <param name="queue">The queue of this process.</param>
/// <param name="clock">Paces attempts.</param>
public sealed class RabbitMqCommands(RabbitMqOptions options, string queue, TimeProvider clock)
{
    private volatile string? trouble = "not connected yet";

    /// <summary>Why no commands come just now, as a clause for people. Null: they come. Thread-safe.</summary>
    public string? Trouble => trouble;

    /// <summary>
    /// Messages in the order in which the broker delivers them. At most <see cref="RabbitMqOptions.Prefetch"/> are not acknowledged at a
    /// time. Never ends.
    /// </summary>
    public IObservable<RabbitMqMessage> Messages => Observable.Create<RabbitMqMessage>(ReadAsync);

    private async Task ReadAsync(IObserver<RabbitMqMessage> observer, CancellationToken cancel)
    {
        var topology = new RabbitMqTopology(options.Exchange, queue, options.QueueExpiry);
        while (!cancel.IsCancellationRequested)
        {
            try
            {
                await using var session = await RabbitMqSession.OpenAsync(options, topology, observer, cancel).ConfigureAwait(false);
                trouble = null;
                trouble = await session.FailedAsync(cancel).ConfigureAwait(false);
            }
            catch (RabbitMqException failure)
            {
                trouble = failure.Message;
            }
            catch (OperationCanceledException) when (cancel.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.RetryInterval, clock, cancel).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
