using System.Buffers;
using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Pages;

/// <summary>Pages and their files are sent compressed to whoever takes Brotli, which all browsers do.</summary>
internal static class PageCompression
{
    private const string Brotli = "br";

    /// <summary>Below, a packet is sent anyway.</summary>
    public const int Least = 1_400;

    public static Task WriteAsync(HttpContext context, WrittenPage page) =>
        page.Compressed is { } compressed && Takes(context.Request)
            ? WriteAsync(context, compressed, compressed)
            : WriteAsync(context, page.Plain, null);

    /// <param name="context">The request.</param>
    /// <param name="plain">The content.</param>
    /// <param name="compressed">The same, compressed; null: it is not.</param>
    public static Task WriteAsync(HttpContext context, byte[] plain, byte[]? compressed)
    {
        var isCompressed = compressed is not null && Takes(context.Request);
        if (isCompressed)
            context.Response.Headers.ContentEncoding = Brotli;
        var body = isCompressed ? compressed! : plain;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool Takes(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(encoding => encoding.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    /// <summary>Null where it is not smaller.</summary>
    public static byte[]? Compress(ReadOnlySpan<byte> content)
    {
        var target = ArrayPool<byte>.Shared.Rent(BrotliEncoder.GetMaxCompressedLength(content.Length));
        var isDone = BrotliEncoder.TryCompress(content, target, out var written, quality: 3, window: 18) && written < content.Length;
        var result = isDone ? target[..written] : null;
        ArrayPool<byte>.Shared.Return(target);
        return result;
    }
}
