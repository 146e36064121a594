using System.Text;

namespace Rx.Alerting.Core.Views;

/// <summary>
/// The hash of contents, and of names that are ours: pieces of files, partitions, channels, ids. It is the same in every release, because
/// checkpoints and positions keep it.
/// </summary>
/// <remarks>
/// Not for names that others choose. Of two short texts, one may be the other with a character twice, as <c>1000</c> and <c>10000</c>:
/// such texts can have one hash. <see cref="KeyHash"/> tells them apart.
/// </remarks>
public static class ContentHash
{
    public static ulong Of(ReadOnlySpan<byte> content) => KeyHash.Of(content, seed: KeyHash.P0 ^ (ulong)content.Length);

    /// <summary>The hash of the text in UTF-8.</summary>
    public static ulong Of(string text) => Of(Encoding.UTF8.GetBytes(text));
}
