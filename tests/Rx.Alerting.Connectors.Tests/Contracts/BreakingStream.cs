namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>Content at one place of which something happens, once.</summary>
/// <param name="content">The content.</param>
/// <param name="place">Nothing beyond is read before it has happened.</param>
/// <param name="happens">Null: reading fails.</param>
internal sealed class BreakingStream(byte[] content, int place, Action? happens = null) : MemoryStream(content)
{
    private Action? next = happens ?? (() => throw new InvalidOperationException("The content cannot be read."));

    public override int Read(byte[] buffer, int offset, int count)
    {
        Pass(count);
        return base.Read(buffer, offset, count);
    }

    public override int Read(Span<byte> buffer)
    {
        Pass(buffer.Length);
        return base.Read(buffer);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken)
    {
        Pass(count);
        return base.ReadAsync(buffer, offset, count, cancellationToken);
    }

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        Pass(buffer.Length);
        return base.ReadAsync(buffer, cancellationToken);
    }

    /// <summary>Whoever copies reads piece by piece.</summary>
    public override async Task CopyToAsync(Stream destination, int bufferSize, CancellationToken cancellationToken)
    {
        var buffer = new byte[bufferSize];
        int read;
        while ((read = await ReadAsync(buffer, cancellationToken)) > 0)
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
    }

    private void Pass(int count)
    {
        if (Position + count <= place || next is not { } now)
            return;
        next = null;
        now();
    }
}
