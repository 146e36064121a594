using Rx.Alerting.Connectors.Tls;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The connection that all calls share. The first call opens it. If opening fails, the next call tries again.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>Once the connection is open, the library reconnects by itself.</item>
/// <item>Every wait ends after the timeout of the options. The library alone does not guarantee that.</item>
/// <item>If a call is not answered in time, the connection is given up. Otherwise the library would keep the call in memory, and still send
/// it.</item>
/// </list>
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>The slowest line that is supported for checkpoints.</summary>
    private const double SlowBytesPerSecond = 1 << 20;

    private readonly ConfigurationOptions configuration;
    private readonly RedisReconnectLog reconnecting = new();
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly TimeSpan timeout;
    private ConnectionMultiplexer? open;
    private int connections;

    public RedisConnection(RedisOptions options)
    {
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        timeout = options.Timeout;
        configuration = options.Parse()!;
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;
        // Less than the timeout of a call, so that the library can still say why it cannot connect.
        configuration.ConnectTimeout = (int)(timeout.TotalMilliseconds * 0.8);
        configuration.SyncTimeout = (int)timeout.TotalMilliseconds;
        // Out of the way: CallAsync has a timeout of its own, because the time that a commit takes depends on its size.
        configuration.AsyncTimeout = (int)TimeSpan.FromHours(1).TotalMilliseconds;
        configuration.LoggerFactory = reconnecting;
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        if (options.CertificateAuthority.Length > 0)
            configuration.CertificateValidation += new CertificateTrust(options.CertificateAuthority).IsTrusted;
        Errors = new RedisErrors(configuration, timeout, options.KeyPrefix);
    }

    public RedisErrors Errors { get; }

    /// <summary>How often a connection was made. After a new connection, the known settings of the server may be old.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <param name="call">The call to the server.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <param name="bytes">How much is sent, if it is much. The timeout is longer by the time that the slowest line takes for that.</param>
    /// <exception cref="CheckpointStoreException">The call failed, or was not answered in time.</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancel, long bytes = 0)
    {
        cancel.ThrowIfCancellationRequested();
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await OpenAsync(cancel).ConfigureAwait(false);
            var longest = timeout + TimeSpan.FromSeconds((double)bytes / SlowBytesPerSecond);
            var answer = await call(connection.GetDatabase()).WaitAsync(longest, cancel).ConfigureAwait(false);
            reconnecting.Answered();
            return answer;
        }
        catch (Exception e) when (RedisErrors.IsKnown(e))
        {
            var letInBefore = Connections > 0; // Also where that connection was given up, and this one could not be opened.
            var problem = letInBefore && e is not RedisServerException
                ? Errors.Translate(e, reconnecting.Failure)
                : Errors.Translate(e);
            if (e is TimeoutException or OperationCanceledException)
                GiveUp(connection);
            cancel.ThrowIfCancellationRequested();
            throw problem;
        }
    }

    /// <summary>
    /// Makes sure that the server knows user and password. If the server wants no password of the default user, the library would silently
    /// go on as that user.
    /// </summary>
    /// <exception cref="CheckpointStoreException">The server does not know them, or did not answer.</exception>
    public async Task AuthenticateAsync(CancellationToken cancel)
    {
        if (configuration.Password is not { Length: > 0 } password)
            return;
        object[] credentials = configuration.User is { Length: > 0 } user ? [user, password] : [password];
        await CallAsync(
            async redis =>
            {
                try
                {
                    return await redis.ExecuteAsync("AUTH", credentials, CommandFlags.DemandMaster).ConfigureAwait(false);
                }
                catch (RedisServerException e) when (
                    e.Message.Contains("any password configured", StringComparison.Ordinal)
                    || e.Message.Contains("no password is set", StringComparison.Ordinal))
                {
                    return null; // The password is not needed.
                }
            },
            cancel).ConfigureAwait(false);
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref open, null) is { } connection)
            await connection.CloseAsync(false).ConfigureAwait(false);
        opening.Dispose();
    }

    /// <summary>Closes a connection, with all its calls that are not answered. The next call opens another connection.</summary>
    private void GiveUp(ConnectionMultiplexer? connection)
    {
        if (connection is not null && Interlocked.CompareExchange(ref open, null, connection) == connection)
            connection.Dispose();
    }

    private async Task<ConnectionMultiplexer> OpenAsync(CancellationToken cancel)
    {
        if (Volatile.Read(ref open) is { } already)
            return already;
        if (!await opening.WaitAsync(timeout, cancel).ConfigureAwait(false))
            throw new TimeoutException();
        try
        {
            if (open is { } meanwhile)
                return meanwhile;
            var connecting = ConnectionMultiplexer.ConnectAsync(configuration.Clone());
            try
            {
                var opened = await connecting.WaitAsync(timeout, cancel).ConfigureAwait(false);
                opened.ConnectionRestored += (_, restored) =>
                    Interlocked.Add(ref connections, restored.ConnectionType == ConnectionType.Interactive ? 1 : 0);
                Interlocked.Increment(ref connections);
                return open = opened;
            }
            catch
            {
                // Nobody waits for this connection any more. If it comes to be later, it must not stay open.
                _ = connecting.ContinueWith(
                    late => late.Result.Dispose(),
                    CancellationToken.None,
                    TaskContinuationOptions.OnlyOnRanToCompletion,
                    TaskScheduler.Default);
                throw;
            }
        }
        finally
        {
            opening.Release();
        }
    }
}
