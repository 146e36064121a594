using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Redis;

/// <summary>
/// The library's log, which knows why the library cannot connect again. The library says so only there: calls just run out of time.
/// </summary>
internal sealed class RedisReconnectLog : ILoggerFactory, ILogger
{
    private volatile Exception? latest;

    /// <summary>Null if nothing has failed since the latest answer.</summary>
    public Exception? Failure => latest;

    public void Answered() => latest = null;

    ILogger ILoggerFactory.CreateLogger(string categoryName) => this;

    bool ILogger.IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (exception is not null)
            latest = exception;
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    void ILoggerFactory.AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    void IDisposable.Dispose()
    {
        // There is nothing to dispose of.
    }
}
