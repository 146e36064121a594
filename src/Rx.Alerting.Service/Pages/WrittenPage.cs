using System.IO.Compression;

namespace Rx.Alerting.Service.Pages;

/// <summary>
/// A page as it is sent, perhaps to many. A large one is kept compressed only: whoever does not take Brotli is the exception. Thread-safe.
/// </summary>
internal sealed class WrittenPage
{
    private readonly byte[]? plain;

    /// <param name="html">In UTF-8. It is copied.</param>
    public WrittenPage(ReadOnlySpan<byte> html)
    {
        Compressed = html.Length >= PageCompression.Least ? PageCompression.Compress(html) : null;
        plain = Compressed is null ? html.ToArray() : null;
    }

    /// <summary>HTML in UTF-8.</summary>
    public byte[] Plain => plain ?? Decompress(Compressed!);

    /// <summary>Null where a packet is sent anyway.</summary>
    public byte[]? Compressed { get; }

    private static byte[] Decompress(byte[] compressed)
    {
        using var html = new MemoryStream();
        using (var brotli = new BrotliStream(new MemoryStream(compressed), CompressionMode.Decompress))
            brotli.CopyTo(html);
        return html.ToArray();
    }
}
