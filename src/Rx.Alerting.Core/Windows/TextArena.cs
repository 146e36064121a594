using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Windows;

/// <summary>Texts end to end in one growing buffer, which is kept when the arena is cleared.</summary>
internal struct TextArena()
{
    private byte[] bytes = new byte[64];

    public int Length { get; private set; }

    public TextRange Append(ReadOnlySpan<byte> text)
    {
        if (bytes.Length - Length < text.Length)
            Array.Resize(ref bytes, Math.Max(Length + text.Length, bytes.Length * 2));
        text.CopyTo(bytes.AsSpan(Length));
        var range = new TextRange(Length, text.Length);
        Length += text.Length;
        return range;
    }

    public readonly ReadOnlySpan<byte> this[TextRange range] => bytes.AsSpan(range.Offset, range.Length);

    public void Clear() => Length = 0;
}
