using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Accepts only so many connections at one time; others wait in the system. Kestrel's own limit accepts all and then closes some, and until they are closed each takes up a file.
/// </summary>
/// <param name="inner">Accepts.</param>
/// <param name="most">At least 1.</param>
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

            var connection = await inner.AcceptAsync(cancellationToken);
            if (connection is null)
                places.Release();
            else
                connection.ConnectionClosed.Register(static one => ((SemaphoreSlim)one!).Release(), places);
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
