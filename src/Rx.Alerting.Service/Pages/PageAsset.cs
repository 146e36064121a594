using System.IO.Compression;
using System.Security.Cryptography;
using Microsoft.Net.Http.Headers;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// A file that pages refer to. It is part of the program, and its address has a hash of its contents: a browser keeps it for good, and a
/// newer program has another address. Nothing is looked up in a folder.
/// </summary>
internal sealed class PageAsset
{
    private readonly byte[] plain;
    private readonly byte[] compressed;
    private readonly string type;

    private PageAsset(string name, string type)
    {
        var assembly = typeof(PageAsset).Assembly;
        using var stream = assembly.GetManifestResourceStream(name) ?? throw new InvalidOperationException($"The program lacks {name}.");
        plain = new byte[stream.Length];
        stream.ReadExactly(plain);
        (this.type, compressed) = (type, Compress(plain));
        var dot = name.LastIndexOf('.');
        Path = $"/assets/{name[..dot]}.{Convert.ToHexStringLower(SHA256.HashData(plain).AsSpan(0, 8))}{name[dot..]}";
    }

    public static PageAsset Style { get; } = new("pages.css", "text/css; charset=utf-8");

    public static PageAsset Script { get; } = new("pages.js", "text/javascript; charset=utf-8");

    public static PageAsset Icon { get; } = new("icon.svg", "image/svg+xml");

    /// <summary>The picture that moves: its script, and its style. Null: the program was built without it.</summary>
    public static PageAsset? Course { get; } = Find("course.js", "text/javascript; charset=utf-8");

    /// <inheritdoc cref="Course"/>
    public static PageAsset? CourseStyle { get; } = Find("course.css", "text/css; charset=utf-8");

    public static IReadOnlyList<PageAsset> All { get; } = [Style, Script, Icon, .. new[] { Course, CourseStyle }.OfType<PageAsset>()];

    /// <summary>Its address.</summary>
    public string Path { get; }

    public Task Serve(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.CacheControl = "public, max-age=31536000, immutable";
        headers.Vary = HeaderNames.AcceptEncoding;
        context.Response.ContentType = type;
        return PageCompression.WriteAsync(context, plain, compressed);
    }

    private static PageAsset? Find(string name, string type) =>
        typeof(PageAsset).Assembly.GetManifestResourceInfo(name) is null ? null : new(name, type);

    private static byte[] Compress(byte[] content)
    {
        using var target = new MemoryStream();
        using (var brotli = new BrotliStream(target, CompressionLevel.SmallestSize))
            brotli.Write(content);
        return target.ToArray();
    }
}
