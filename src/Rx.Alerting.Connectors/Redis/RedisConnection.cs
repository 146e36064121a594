using Rx.Alerting.Core.Checkpoints;
using StackExchange.Redis;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>The connection that all calls share: opened by the first one that needs it, and again by the next one if that failed.</summary>
/// <remarks>Once open, the library reconnects by itself. Every wait ends after the options' time, which the library alone does not warrant.</remarks>
internal sealed class RedisConnection : IAsyncDisposable
{
    private readonly ConfigurationOptions configuration;
    private readonly RedisReconnecting reconnecting = new();
    private readonly SemaphoreSlim opening = new(1, 1);
    private readonly TimeSpan timeout;
    private ConnectionMultiplexer? open;
    private int connections;

    public RedisConnection(RedisOptions options)
    {
        if (options.Validate() is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        timeout = options.Timeout;
        configuration = options.Parse()!;
        configuration.AbortOnConnectFail = true;
        configuration.ConnectRetry = 1;
        // Less than our own, so that the library can still say why.
        configuration.ConnectTimeout = (int)(timeout.TotalMilliseconds * 0.8);
        configuration.SyncTimeout = (int)timeout.TotalMilliseconds;
        configuration.LoggerFactory = reconnecting;
        configuration.ReconnectRetryPolicy = new LinearRetry(500);
        if (options.CertificateAuthority.Length > 0)
            configuration.CertificateValidation += new RedisTrust(options.CertificateAuthority).IsTrusted;
        Errors = new RedisErrors(configuration, timeout, options.KeyPrefix);
    }

    public RedisErrors Errors { get; }

    /// <summary>How often there has been a new connection: what is known of the server's settings may then be old.</summary>
    public int Connections => Volatile.Read(ref connections);

    /// <exception cref="CheckpointStoreException">It failed, or there was no answer in time.</exception>
    public async Task<T> CallAsync<T>(Func<IDatabase, Task<T>> call, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        try
        {
            var connection = await OpenAsync(cancel).ConfigureAwait(false);
            var answer = await call(connection.GetDatabase()).WaitAsync(timeout, cancel).ConfigureAwait(false);
            reconnecting.Answered();
            return answer;
        }
        catch (Exception e) when (RedisErrors.Known(e))
        {
            cancel.ThrowIfCancellationRequested();
            throw open is null || e is RedisServerException ? Errors.Translate(e) : Errors.Translate(e, reconnecting.Failure);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref open, null) is { } connection)
            await connection.CloseAsync(false).ConfigureAwait(false);
        opening.Dispose();
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
