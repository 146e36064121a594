using System.IO.Compression;
using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Pages;

/// <summary>Pages and their files are sent compressed to whoever takes Brotli, which all browsers do.</summary>
internal static class PageCompression
{
    private const string Brotli = "br";

    /// <summary>Below, a packet is sent anyway.</summary>
    private const int Least = 1_400;

    public static Task WriteAsync(HttpContext context, WrittenPage page) =>
        WriteAsync(context, page.Plain, page.Plain.Length >= Least && Takes(context.Request) ? page.Compressed : null);

    /// <param name="context">The request.</param>
    /// <param name="plain">The content.</param>
    /// <param name="compressed">The same, compressed; null: it is not.</param>
    public static Task WriteAsync(HttpContext context, byte[] plain, byte[]? compressed)
    {
        var body = compressed is not null && Takes(context.Request) ? compressed : plain;
        if (body != plain)
            context.Response.Headers.ContentEncoding = Brotli;
        context.Response.ContentLength = body.Length;
        return HttpMethods.IsHead(context.Request.Method)
            ? Task.CompletedTask
            : context.Response.Body.WriteAsync(body, context.RequestAborted).AsTask();
    }

    private static bool Takes(HttpRequest request) =>
        StringWithQualityHeaderValue.TryParseList(request.Headers.AcceptEncoding, out var accepted)
        && accepted.Any(encoding => encoding.Value.Equals(Brotli, StringComparison.OrdinalIgnoreCase) && encoding.Quality is not 0);

    public static byte[]? Compress(ReadOnlySpan<byte> content)
    {
        var target = new byte[BrotliEncoder.GetMaxCompressedLength(content.Length)];
        return BrotliEncoder.TryCompress(content, target, out var written, quality: 3, window: 18) ? target[..written] : null;
    }
}
