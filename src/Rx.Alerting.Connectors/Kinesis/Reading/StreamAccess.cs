using System.Collections.Concurrent;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Kinesis.Reading;

/// <summary>Access to the stream: client, options, clock, log and counters, and calls with retries.</summary>
internal sealed record StreamAccess(
    KinesisOptions Options,
    IAmazonKinesis Client,
    TimeProvider Time,
    ILogger Logger,
    KinesisCounters Counters)
{
    private volatile string? trouble = $"stream {Options.StreamName} has not answered yet";

    /// <summary>Why the latest call was not answered, as a sentence for the operator. Null if it was answered.</summary>
    internal string? Trouble => trouble;

    /// <summary>How far each shard has been read that is being read.</summary>
    internal ConcurrentDictionary<string, PartitionProgress> Progress { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether a call was ever answered.</summary>
    internal bool HasAnswered { get; private set; }

    /// <summary>All shards within the retention, page by page.</summary>
    internal async Task<IReadOnlyList<Shard>> ListShardsAsync(CancellationToken cancellation)
    {
        var shards = new List<Shard>();
        var request = new ListShardsRequest { StreamName = Options.StreamName };
        while (true)
        {
            try
            {
                var page = await RetryAsync(
                    "ListShards", Options.StreamName, () => Client.ListShardsAsync(request, cancellation), cancellation);
                shards.AddRange(page.Shards ?? []);
                if (string.IsNullOrEmpty(page.NextToken))
                    return shards;
                request = new() { NextToken = page.NextToken };
            }
            catch (ExpiredNextTokenException)
            {
                shards.Clear();
                request = new() { StreamName = Options.StreamName };
            }
        }
    }

    internal void Answer() => (HasAnswered, trouble) = (true, null);

    internal void Fail(string reason) => trouble = reason;

    /// <summary>Waits on the source's clock.</summary>
    internal Task DelayAsync(TimeSpan delay, CancellationToken cancellation) => Task.Delay(delay, Time, cancellation);

    /// <summary>Retries a call until the service answers it, or refuses it for good.</summary>
    /// <exception cref="KinesisSourceException">The service refused the call for good.</exception>
    internal async Task<T> RetryAsync<T>(string operation, string subject, Func<Task<T>> call, CancellationToken cancellation)
    {
        var backoff = new Backoff(this, operation, subject);
        while (true)
        {
            try
            {
                var answer = await call();
                Answer();
                return answer;
            }
            catch (Exception e) when (!cancellation.IsCancellationRequested && !Failures.IsForCaller(e))
            {
                await DelayAsync(backoff.Next(e), cancellation);
            }
        }
    }
}
