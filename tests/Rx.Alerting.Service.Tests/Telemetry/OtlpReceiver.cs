using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>A receiver of OTLP on a free loopback port: gRPC over HTTP/2 without TLS, or HTTP/1.1.</summary>
internal sealed class OtlpReceiver : IAsyncDisposable
{
    private const string GrpcMetrics = "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export";
    private const string GrpcTraces = "/opentelemetry.proto.collector.trace.v1.TraceService/Export";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly WebApplication app;
    private readonly bool isGrpc;
    private readonly Lock gate = new();
    private readonly List<OtlpSpan> spans = [];
    private int requests;
    private readonly Dictionary<(string Name, string Labels), OtlpSeries> metrics = [];
    private TaskCompletionSource next = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private OtlpReceiver(WebApplication app, bool isGrpc) => (this.app, this.isGrpc) = (app, isGrpc);

    /// <summary>The value of the option for the protocol.</summary>
    public string Protocol => isGrpc ? "grpc" : "http/protobuf";

    public string Address => app.Urls.First();

    public OtlpAnswer Answer { get; set; }

    /// <summary>Requests so far, while it takes every second one.</summary>
    public int Requests => Volatile.Read(ref requests);

    /// <summary>What the latest request said of the process.</summary>
    public IReadOnlyDictionary<string, string> Resource { get; private set; } = new Dictionary<string, string>();

    /// <summary>The headers of the latest request.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; private set; } = new Dictionary<string, string>();

    public IReadOnlyList<OtlpSpan> Spans
    {
        get
        {
            lock (gate)
                return [.. spans];
        }
    }

    /// <summary>The latest value of each series; of gauges, what the latest export of gauges had.</summary>
    public IReadOnlyList<OtlpSeries> Metrics
    {
        get
        {
            lock (gate)
                return [.. metrics.Values];
        }
    }

    public static async Task<OtlpReceiver> StartAsync(bool isGrpc)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(
            endpoint => endpoint.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
        var app = builder.Build();
        var receiver = new OtlpReceiver(app, isGrpc);
        app.Run(receiver.ReceiveAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return receiver;
    }

    /// <summary>Ends when what has come is as wanted. Asked again whenever a request has come.</summary>
    /// <param name="problem">What is not as wanted; null: it is.</param>
    public async Task UntilAsync(Func<Task<string?>> problem)
    {
        var begin = TimeProvider.System.GetTimestamp();
        while (true)
        {
            Task arrival;
            lock (gate)
                arrival = next.Task;
            if (await problem() is not { } said)
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(begin) < Patience, said);
            try
            {
                await arrival.WaitAsync(Patience, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                Assert.Fail($"Nothing comes any more, and {said}");
            }
        }
    }

    /// <summary>Ends when there is such a span.</summary>
    public async Task<OtlpSpan> SpanAsync(Func<OtlpSpan, bool> wanted)
    {
        await UntilAsync(() => Task.FromResult(Spans.Any(wanted) ? null : "there is no such span"));
        return Spans.First(wanted);
    }

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await app.StopAsync(now.Token);
        await app.DisposeAsync();
    }

    private async Task ReceiveAsync(HttpContext context)
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var answer = Answer == OtlpAnswer.Alternates
            ? Interlocked.Increment(ref requests) % 2 == 0 ? OtlpAnswer.Refuses : OtlpAnswer.Takes
            : Answer;
        if (answer is OtlpAnswer.Takes or OtlpAnswer.Partly or OtlpAnswer.PartlyInJson)
            Take(context.Request.Path, new ProtoMessage(isGrpc ? Framed(body.ToArray()) : body.ToArray()), context.Request.Headers);
        else
            Arrive();
        await OtlpReply.WriteAsync(context, answer, isGrpc);
    }

    private void Take(string path, ProtoMessage request, IHeaderDictionary headers)
    {
        lock (gate)
        {
            Headers = headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase);
            Resource = OtlpContent.Resource(request);
            if (path == (isGrpc ? GrpcTraces : "/v1/traces"))
                spans.AddRange(OtlpContent.Spans(request));
            else if (path == (isGrpc ? GrpcMetrics : "/v1/metrics"))
                Take([.. OtlpContent.Metrics(request)]);
            else
                Assert.Fail($"No collector has {path}");
        }

        Arrive();
    }

    private void Take(List<OtlpSeries> series)
    {
        if (series.Exists(one => one.Kind == "gauge"))
        {
            foreach (var gauge in metrics.Values.Where(one => one.Kind == "gauge").ToList())
                metrics.Remove((gauge.Name, gauge.Labels));
        }

        foreach (var one in series)
            metrics[(one.Name, one.Labels)] = one;
    }

    private void Arrive()
    {
        lock (gate)
        {
            next.TrySetResult();
            next = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    /// <summary>The message behind its five bytes: not compressed, and how long it is.</summary>
    private static byte[] Framed(byte[] body)
    {
        Assert.Equal(0, body[0]);
        Assert.Equal(body.Length - 5, (int)System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(1)));
        return body[5..];
    }
}
