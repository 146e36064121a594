using System.Net;
using Microsoft.AspNetCore.Connections;
using Rx.Alerting.Service.Api;

namespace Rx.Alerting.Service.Tests.Api;

public sealed class BoundedListenersTests
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Accept_ThatFails_GivesItsPlaceBack()
    {
        var broken = new BrokenListeners();
        await using var listener = await new BoundedListeners(broken, most: 1).BindAsync(broken.EndPoint, Cancel);
        for (var i = 0; i < 3; i++)
        {
            var accepted = listener.AcceptAsync(Cancel).AsTask().WaitAsync(TimeSpan.FromSeconds(10), TimeProvider.System, Cancel);
            await Assert.ThrowsAsync<IOException>(() => accepted);
        }

        Assert.Equal(3, broken.Accepts);
    }

    /// <summary>A system that has no file left.</summary>
    private sealed class BrokenListeners : IConnectionListenerFactory, IConnectionListener
    {
        public int Accepts { get; private set; }

        public EndPoint EndPoint => new IPEndPoint(IPAddress.Loopback, 0);

        public ValueTask<IConnectionListener> BindAsync(EndPoint endpoint, CancellationToken cancellationToken = default) => new(this);

        public ValueTask<ConnectionContext?> AcceptAsync(CancellationToken cancellationToken = default)
        {
            Accepts++;
            return ValueTask.FromException<ConnectionContext?>(new IOException("too many open files"));
        }

        public ValueTask UnbindAsync(CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
