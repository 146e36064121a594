using System.Buffers.Binary;
using System.Net.Mime;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>
/// Reads the answers of the collector. The exporter looks at their status only. But a part may be rejected in them, and over HTTP anybody
/// on the way may say 200.
/// </summary>
/// <param name="inner">Sends the requests.</param>
/// <param name="isGrpc">Whether the answers are those of gRPC.</param>
/// <param name="taken">Gets what the collector has said of an export that it took.</param>
internal sealed class OtlpAnswers(HttpMessageHandler inner, bool isGrpc, Action<OtlpPartialSuccess> taken) : DelegatingHandler(inner)
{
    /// <summary>So much is read of an answer. A good one has a few bytes.</summary>
    public const int MaximumBytes = 64 * 1024;

    /// <summary>Before the message: whether it is compressed, and its length.</summary>
    private const int GrpcPrefix = 5;

    private static readonly string[] Protobuf = ["application/x-protobuf", "application/protobuf", MediaTypeNames.Application.Octet];

    protected override HttpResponseMessage Send(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = base.Send(request, cancellationToken);
        ReadAsync(answer, cancellationToken).GetAwaiter().GetResult();
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var answer = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
        await ReadAsync(answer, cancellationToken).ConfigureAwait(false);
        return answer;
    }

    private async Task ReadAsync(HttpResponseMessage answer, CancellationToken cancel)
    {
        if (!answer.IsSuccessStatusCode)
            return;
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaximumBytes, cancel).ConfigureAwait(false);
            var bytes = await answer.Content.ReadAsByteArrayAsync(cancel).ConfigureAwait(false);
            if (isGrpc)
                ReadGrpc(answer, bytes);
            else
                Take(bytes, answer.Content.Headers.ContentType?.MediaType ?? Protobuf[0]);
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    /// <summary>What is no answer of gRPC, or tells an error, is left to the exporter. Nobody asks for compression.</summary>
    private void ReadGrpc(HttpResponseMessage answer, byte[] bytes)
    {
        var isOk = answer.TrailingHeaders.TryGetValues("grpc-status", out var status) && status.SequenceEqual(["0"]);
        if (!isOk || bytes.Length < GrpcPrefix || bytes[0] != 0)
            return;
        var length = BinaryPrimitives.ReadUInt32BigEndian(bytes.AsSpan(1));
        if (length == bytes.Length - GrpcPrefix)
            Take(bytes[GrpcPrefix..], Protobuf[0]);
    }

    private void Take(byte[] bytes, string type)
    {
        var said = type == MediaTypeNames.Application.Json ? OtlpPartialSuccess.OfJson(bytes)
            : bytes.Length == 0 || Protobuf.Contains(type) ? OtlpPartialSuccess.OfProtobuf(bytes)
            : null;
        taken(said ?? throw new HttpRequestException($"what answers is no OpenTelemetry collector: {bytes.Length} bytes of {type}"));
    }
}
