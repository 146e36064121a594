using System.Buffers;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Memory that is used again. An answer of some hundred kilobytes that is made anew for each request is a large object to the garbage
/// collector: it then looks through the state of all titles, again and again.
/// </summary>
internal sealed class PooledBuffer : IBufferWriter<byte>, IDisposable
{
    private const int Least = 32 << 10;

    private byte[] bytes = ArrayPool<byte>.Shared.Rent(Least);

    public int Length { get; private set; }

    /// <summary>What was written. Not to be used after the end of this buffer.</summary>
    public ReadOnlyMemory<byte> Written => bytes.AsMemory(0, Length);

    public void Advance(int count) => Length += count;

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Grow(Math.Max(1, sizeHint));
        return bytes.AsMemory(Length);
    }

    public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;

    public void Dispose()
    {
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = [];
    }

    private void Grow(int more)
    {
        if (bytes.Length - Length >= more)
            return;
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(bytes.Length * 2, Length + more));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(bytes);
        bytes = larger;
    }
}
