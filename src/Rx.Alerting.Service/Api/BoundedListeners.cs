using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Bounds the number of connections that are accepted at one time. Further connections wait in the operating system. Kestrel's own limit
/// accepts all connections and then closes some, and each takes up a file until it is closed.
/// </summary>
/// <param name="inner">Accepts the connections.</param>
/// <param name="most">The most accepted connections, at least 1.</param>
/// <param name="clock">Measures <see cref="Grace"/>. Null: the system's.</param>
/// <remarks>
/// A request of which only a part ever comes would have a stop wait until the host gives up. Nothing would be left for the last commits.
/// So connections that are still there a while after the stop has begun are cut off.
/// </remarks>
internal sealed class BoundedListeners(IConnectionListenerFactory inner, int most, TimeProvider? clock = null)
    : IConnectionListenerFactory
{
    /// <summary>How long requests may go on when a stop has begun. What is left of its time is for the last commits.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly SemaphoreSlim places = new(most);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await inner.BindAsync(endpoint, cancellationToken), places, clock ?? TimeProvider.System);

    private sealed class Listener(IConnectionListener inner, SemaphoreSlim places, TimeProvider clock)
        : IConnectionListener
    {
        private readonly ConcurrentDictionary<ConnectionContext, bool> open = new();
        private readonly CancellationTokenSource unbound = new();

        public EndPoint EndPoint => inner.EndPoint;

        public async ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            try
            {
                await places.WaitAsync(unbound.Token);
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            ConnectionContext? connection = null;
            try
            {
                connection = await inner.AcceptAsync(cancellationToken);
            }
            finally
            {
                if (connection is null)
                    places.Release();
            }

            if (connection is null)
                return null;
            open.TryAdd(connection, true);
            connection.ConnectionClosed.Register(() =>
            {
                open.TryRemove(connection, out _);
                places.Release();
            });
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
            _ = CutOffAsync();
        }

        private async Task CutOffAsync()
        {
            await Task.Delay(Grace, clock);
            foreach (var connection in open.Keys)
                connection.Abort(new("The service stops."));
        }

        public ValueTask DisposeAsync()
        {
            unbound.Dispose();
            return inner.DisposeAsync();
        }
    }
}
