using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Bounds the number of connections that are accepted at one time. Further connections wait in the operating system. Kestrel's own limit
/// accepts all connections and then closes some, and each takes up a file until it is closed.
/// </summary>
/// <param name="inner">Accepts the connections.</param>
/// <param name="most">The most accepted connections, at least 1.</param>
internal sealed class BoundedListeners(IConnectionListenerFactory inner, int most) : IConnectionListenerFactory
{
    private readonly SemaphoreSlim places = new(most);

    public async ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) =>
        new Listener(await inner.BindAsync(endpoint, cancellationToken), places);

    private sealed class Listener(IConnectionListener inner, SemaphoreSlim places) : IConnectionListener
    {
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

            connection?.ConnectionClosed.Register(static free => ((SemaphoreSlim)free!).Release(), places);
            return connection;
        }

        public async ValueTask UnbindAsync(CancellationToken cancellationToken = default)
        {
            await unbound.CancelAsync();
            await inner.UnbindAsync(cancellationToken);
        }

        public ValueTask DisposeAsync()
        {
            unbound.Dispose();
            return inner.DisposeAsync();
        }
    }
}
