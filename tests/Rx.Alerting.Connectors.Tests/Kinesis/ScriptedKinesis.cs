using System.Globalization;
using System.Net;
using System.Text;
using Amazon.Kinesis;
using Amazon.Kinesis.Model;
using Amazon.Runtime;
using Record = Amazon.Kinesis.Model.Record;

namespace Rx.Alerting.Connectors.Tests.Kinesis;

/// <summary>A stream in memory whose service fails as a test wants. Sequence numbers are 1, 2, 3 … in each shard.</summary>
internal sealed class ScriptedKinesis : IAmazonKinesis
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, List<Record>> records = [];
    private readonly Queue<Exception> failures = new();

    /// <summary>
    /// Shards that have ended, and have given an empty read already. Only then a shard says that it has ended, as on local servers.
    /// </summary>
    private readonly HashSet<string> ending = [];
    private readonly List<GetShardIteratorRequest> iterators = [];
    private bool listed;

    /// <summary>Shards in a page of a listing.</summary>
    internal int PageSize { get; init; } = 100;

    /// <summary>Answers only the first listing, so that the waits between listings do not move the test's clock.</summary>
    internal bool ListsOnce { get; set; }

    /// <summary>Records before this sequence number are no longer there.</summary>
    internal int Oldest { get; set; } = 1;

    internal List<Shard> Shards { get; } = [];

    internal int Reads { get; private set; }

    internal IReadOnlyList<GetShardIteratorRequest> Iterators
    {
        get
        {
            lock (gate)
                return [.. iterators];
        }
    }

    internal void Add(string shard, params IEnumerable<byte[]> data)
    {
        lock (gate)
        {
            if (!records.TryGetValue(shard, out var list))
            {
                records[shard] = list = [];
                Shards.Add(new() { ShardId = shard, SequenceNumberRange = new() { StartingSequenceNumber = "1" } });
            }

            foreach (var bytes in data)
            {
                list.Add(new()
                {
                    SequenceNumber = (list.Count + 1).ToString(CultureInfo.InvariantCulture),
                    ApproximateArrivalTimestamp = new DateTime(2026, 1, 2, 0, 0, 0, DateTimeKind.Utc),
                    Data = new(bytes),
                });
            }
        }
    }

    /// <summary>Ends a shard, and makes another in its place.</summary>
    internal void Replace(string shard, string child)
    {
        lock (gate)
        {
            Shards.Find(each => each.ShardId == shard)!.SequenceNumberRange!.EndingSequenceNumber = $"{records[shard].Count}";
            Add(child, "child");
            Shards[^1].ParentShardId = shard;
        }
    }

    /// <summary>Lets the listing forget a shard.</summary>
    internal void Remove(string shard)
    {
        lock (gate)
            Shards.RemoveAll(each => each.ShardId == shard);
    }

    internal void Add(string shard, params string[] ids) => Add(shard, ids.Select(id => Encoding.UTF8.GetBytes(View(id))));

    internal static string View(string id) => $$"""{"property_id":"p","video_id":"{{id}}","view_end":1767225600}""";

    /// <summary>The failures of the next reads, in this order.</summary>
    internal void Fail(params IEnumerable<Exception> next)
    {
        lock (gate)
        {
            foreach (var failure in next)
                failures.Enqueue(failure);
        }
    }

    internal static AmazonKinesisException Refusal(string code, HttpStatusCode status) =>
        new("no", null, ErrorType.Unknown, code, null, status);

    public Task<GetRecordsResponse> GetRecordsAsync(GetRecordsRequest request, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            Reads++;
            if (failures.TryDequeue(out var failure))
                return Task.FromException<GetRecordsResponse>(failure);
            var (shard, at) = (
                request.ShardIterator!.Split('|')[0], int.Parse(request.ShardIterator.Split('|')[1], CultureInfo.InvariantCulture));
            at = Math.Max(at, Oldest);
            var all = records[shard];
            var given = all.Skip(at - 1).Take(request.Limit ?? 10_000).ToList();
            var next = at + given.Count;
            var ended = given.Count == 0
                && Shards.Exists(each => each.ShardId == shard && each.SequenceNumberRange!.EndingSequenceNumber is not null)
                && !ending.Add(shard);
            return Task.FromResult(new GetRecordsResponse
            {
                Records = given,
                NextShardIterator = ended ? null : $"{shard}|{next}",
                MillisBehindLatest = next > all.Count ? 0 : 1000,
            });
        }
    }

    public Task<GetShardIteratorResponse> GetShardIteratorAsync(
        GetShardIteratorRequest request,
        CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            iterators.Add(request);
            var at = request.ShardIteratorType!.Value switch
            {
                "AFTER_SEQUENCE_NUMBER" => int.Parse(request.StartingSequenceNumber!, CultureInfo.InvariantCulture) + 1,
                "AT_SEQUENCE_NUMBER" => int.Parse(request.StartingSequenceNumber!, CultureInfo.InvariantCulture),
                "LATEST" => records[request.ShardId!].Count + 1,
                _ => 1,
            };
            return Task.FromResult(new GetShardIteratorResponse { ShardIterator = $"{request.ShardId}|{at}" });
        }
    }

    public Task<ListShardsResponse> ListShardsAsync(ListShardsRequest request, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            Assert.True(request.NextToken is null != request.StreamName is null, "a page is asked for by its token alone");
            if (ListsOnce && listed)
                return new TaskCompletionSource<ListShardsResponse>().Task.WaitAsync(cancellationToken);
            listed = true;
            var from = int.Parse(request.NextToken ?? "0", CultureInfo.InvariantCulture);
            var next = from + PageSize;
            return Task.FromResult(new ListShardsResponse
            {
                Shards = [.. Shards.Skip(from).Take(PageSize)],
                NextToken = next < Shards.Count ? next.ToString(CultureInfo.InvariantCulture) : null,
            });
        }
    }

    public Task<CreateStreamResponse> CreateStreamAsync(CreateStreamRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<DeleteStreamResponse> DeleteStreamAsync(DeleteStreamRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<DescribeStreamSummaryResponse> DescribeStreamSummaryAsync(
        DescribeStreamSummaryRequest request,
        CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<MergeShardsResponse> MergeShardsAsync(MergeShardsRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<PutRecordsResponse> PutRecordsAsync(PutRecordsRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public Task<SplitShardResponse> SplitShardAsync(SplitShardRequest request, CancellationToken cancellationToken = default) =>
        throw new NotSupportedException();

    public void Dispose()
    {
    }
}
