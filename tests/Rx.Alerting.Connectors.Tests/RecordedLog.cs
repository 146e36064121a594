using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Connectors.Tests;

/// <summary>Keeps what is logged.</summary>
internal sealed class RecordedLog<T> : ILogger<T>
{
    private readonly Lock sync = new();
    private readonly List<(int Id, string Text)> lines = [];

    internal IReadOnlyList<(int Id, string Text)> Lines
    {
        get
        {
            lock (sync)
                return [.. lines];
        }
    }

    /// <summary>Ends when the event has been logged.</summary>
    internal void Until(int id) =>
        Assert.True(
            SpinWait.SpinUntil(() => Lines.Any(line => line.Id == id), TimeSpan.FromSeconds(30)),
            $"{id} is not logged: {string.Join("; ", Lines)}");

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (sync)
            lines.Add((eventId.Id, formatter(state, exception)));
    }
}
