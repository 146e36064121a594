namespace Rx.Alerting.Service.Pages;

/// <summary>A page as it is sent, perhaps to many. Thread-safe.</summary>
/// <param name="plain">HTML in UTF-8.</param>
internal sealed class WrittenPage(byte[] plain)
{
    private readonly Lazy<byte[]?> compressed = new(() => PageCompression.Compress(plain));

    public byte[] Plain => plain;

    /// <summary>Null where compression does not make it smaller.</summary>
    public byte[]? Compressed => compressed.Value;
}
