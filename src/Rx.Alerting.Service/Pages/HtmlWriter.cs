using System.Buffers;
using System.Text;

namespace Rx.Alerting.Service.Pages;

/// <summary>Writes text in UTF-8 into a buffer, without making the text first.</summary>
internal sealed class HtmlWriter(IBufferWriter<byte> target) : TextWriter
{
    private readonly Encoder encoder = System.Text.Encoding.UTF8.GetEncoder();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value) => Write([value]);

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer) => encoder.Convert(buffer, target, flush: false, out _, out _);
}
