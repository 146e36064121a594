using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Options;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The connection that all calls share: opened by the first one that needs it, and again by the next one if that failed.</summary>
/// <remarks>
/// Once open, the library reconnects by itself. Every wait ends after the options' time, which the library alone does not warrant. What was not answered in time
/// goes with its connection: the library would keep it in memory and send it yet, behind whatever is asked next.
/// </remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    /// <summary>A line that carries less is no line for checkpoints.</summary>
    private const double SlowBytesPerSecond = 1 << 20;

    private readonly ConfigurationOptions configuration;
    private readonly RedisReconnecting reconnecting = new();
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
        // Less than our own, so that the library can still say why.
        configuration.ConnectTimeout = (int)(timeout.TotalMilliseconds * 0.8);
        configuration.SyncTimeout = (int)timeout.TotalMilliseconds;
        // It is for us to say what takes too long: how long a commit takes is a matter of its size.
        configuration.AsyncTimeout = (int)TimeSpan.FromHours(1).TotalMilliseconds;
        configuration.LoggerFactory = reconnecting;
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        if (options.CertificateAuthority.Length > 0)
            configuration.CertificateValidation += new RedisTrust(options.CertificateAuthority).IsTrusted;
        Errors = new RedisErrors(configuration, timeout, options.KeyPrefix);
    }

    public RedisErrors Errors { get; }

    /// <summary>How often there has been a new connection: what is known of the server's settings may then be old.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <param name="call">What to ask.</param>
    /// <param name="cancel">Gives up waiting.</param>
    /// <param name="bytes">What is sent, if it is much: as many more seconds are waited for as a slow line takes for that.</param>
    /// <exception cref="CheckpointStoreException">It failed, or there was no answer in time.</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancel, long bytes = 0)
    {
        cancel.ThrowIfCancellationRequested();
        ConnectionMultiplexer? connection = null;
        try
        {
            connection = await OpenAsync(cancel).ConfigureAwait(false);
            var answer = await call(connection.GetDatabase()).WaitAsync(timeout + TimeSpan.FromSeconds((double)bytes / SlowBytesPerSecond), cancel).ConfigureAwait(false);
            reconnecting.Answered();
            return answer;
        }
        catch (Exception e) when (RedisErrors.Known(e))
        {
            var problem = connection is null || e is RedisServerException ? Errors.Translate(e) : Errors.Translate(e, reconnecting.Failure);
            if (e is TimeoutException or OperationCanceledException)
                GiveUp(connection);
            cancel.ThrowIfCancellationRequested();
            throw problem;
        }
    }

    /// <summary>Has the server say that it knows user and password: where it wants none of the default user, the library goes on as that one.</summary>
    /// <exception cref="CheckpointStoreException">It does not, or there was no answer.</exception>
    public async Task AuthenticateAsync(CancellationToken cancel)
    {
        if (configuration.Password is not { Length: > 0 } password)
            return;
        object[] who = configuration.User is { Length: > 0 } user ? [user, password] : [password];
        await CallAsync(
            async redis =>
            {
                try
                {
                    return await redis.ExecuteAsync("AUTH", who, CommandFlags.DemandMaster).ConfigureAwait(false);
                }
                catch (RedisServerException e) when (e.Message.Contains("any password configured", StringComparison.Ordinal) || e.Message.Contains("no password is set", StringComparison.Ordinal))
                {
                    return null; // One that is not needed.
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

    /// <summary>The next call opens another connection; what was sent by this one and is not answered is gone with it.</summary>
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
                opened.ConnectionRestored += (_, restored) => Interlocked.Add(ref connections, restored.ConnectionType == ConnectionType.Interactive ? 1 : 0);
                Interlocked.Increment(ref connections);
                return open = opened;
            }
            catch
            {
                // Nobody waits for it any more, though it may just have come to be: it must not stay open.
                _ = connecting.ContinueWith(late => late.Result.Dispose(), CancellationToken.None, TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
                throw;
            }
        }
        finally
        {
            opening.Release();
        }
    }
}
