namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>
/// Reads what a line says of its request's circumstances. The rest of a line may be anything: what is not in the combined format is not
/// read.
/// </summary>
internal static class AccessLogCircumstances
{
    /// <summary>Adds the circumstances of a line's view to the batch.</summary>
    /// <param name="batch">Has the record in its text.</param>
    /// <param name="record">The line.</param>
    /// <param name="line">Its parts.</param>
    /// <param name="hash">As <see cref="Circumstances.Hash"/>.</param>
    /// <returns>Their index.</returns>
    public static int Add(ViewBatch batch, TextRange record, in AccessLogLine line, ulong hash)
    {
        ref var circumstances = ref batch.AddCircumstances(out var index);
        circumstances.Hash = hash;
        ref var values = ref circumstances.Values;
        values[(int)Dimension.Method] = Within(record, line.Method);
        var at = line.Status.End.Value;
        values[(int)Dimension.Referrer] = Kept(batch, ReferrerHost(Quoted(batch.Bytes(record), ref at)));
        values[(int)Dimension.UserAgent] = Kept(batch, UserAgentFamily.Of(Quoted(batch.Bytes(record), ref at)));
        return index;
    }

    /// <summary>The next text in quotes; empty if there is none, or a single dash.</summary>
    private static ReadOnlySpan<byte> Quoted(ReadOnlySpan<byte> line, ref int at)
    {
        var start = line[at..].IndexOf((byte)'"');
        if (start < 0)
            return default;
        start += at + 1;
        var length = line[start..].IndexOf((byte)'"');
        if (length < 0)
            return default;
        at = start + length + 1;
        var text = line.Slice(start, length);
        return text.SequenceEqual("-"u8) ? default : text;
    }

    private static ReadOnlySpan<byte> ReferrerHost(ReadOnlySpan<byte> url)
    {
        var scheme = url.IndexOf("://"u8);
        if (scheme < 0)
            return default;
        var host = url[(scheme + 3)..];
        var end = host.IndexOfAny("/?#:"u8);
        return end < 0 ? host : host[..end];
    }

    private static TextRange Kept(ViewBatch batch, ReadOnlySpan<byte> text)
    {
        if (text.IsEmpty)
            return default;

        // The text may be of the batch itself, whose buffer moves when it grows.
        Span<byte> copy = stackalloc byte[Math.Min(text.Length, LongText.Maximum)];
        text[..copy.Length].CopyTo(copy);
        return ReadableText.Of(batch, batch.Append(copy));
    }

    private static TextRange Within(TextRange record, Range part) =>
        new(record.Offset + part.Start.Value, part.End.Value - part.Start.Value);
}
