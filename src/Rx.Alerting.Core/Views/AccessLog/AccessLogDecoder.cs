using System.Text;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>
/// Decodes access logs of web servers: the combined or common log format, also with the virtual host as first word. One line is one view,
/// or several views where line ends were lost.
/// </summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Field of the view</term><description>Part of the line</description></listheader>
/// <item>
/// <term>property</term>
/// <description>the virtual host in lower case, if <see cref="AccessLogHost"/> recognises a virtual host; else
/// <see cref="AccessLogOptions.Property"/></description>
/// </item>
/// <item>
/// <term>title</term>
/// <description>the path as it is written, without query; empty if there is no request (<c>"-"</c>, or bytes of another
/// protocol)</description>
/// </item>
/// <item><term>event time</term><description>the date in brackets</description></item>
/// <item>
/// <term>error type</term>
/// <description>the status, if <see cref="AccessLogOptions.FailureStatuses"/> has that status</description>
/// </item>
/// </list>
/// The rest of the line, behind the status, may be anything, and may be cut; only <see cref="AccessLogCircumstances"/> looks for a referrer
/// and a user agent there. Exception: the rest has another record in it
/// (<see cref="AccessLogJoined"/>). That record is read, too, or rejected if its begin is not certain.
/// </remarks>
public sealed class AccessLogDecoder : IViewDecoder
{
    private readonly byte[] property;
    private readonly ulong propertyHash;
    private readonly bool[] failing;
    private readonly CircumstanceSample sample;

    /// <param name="options">How lines become views.</param>
    /// <param name="sampleEvery">One in so many views that succeeded keeps its circumstances. A power of two.</param>
    /// <exception cref="ArgumentException">The options have faults; the message names them all.</exception>
    public AccessLogDecoder(AccessLogOptions options, int sampleEvery = CircumstanceSample.Every)
    {
        sample = new(sampleEvery);
        if (OptionFaults.Of(options) is { Count: > 0 } faults)
            throw new ArgumentException(string.Join(Environment.NewLine, faults), nameof(options));
        property = Encoding.UTF8.GetBytes(options.Property);
        propertyHash = KeyHash.Of(property);
        failing = options.FailingStatuses();
    }

    /// <inheritdoc/>
    public void Decode(ViewBatch batch, TextRange record, long arrivalTime)
    {
        do
            record = DecodeFirst(batch, record, arrivalTime);
        while (!record.IsEmpty);
    }

    /// <summary>Adds the first record of a line, or rejects the record.</summary>
    /// <returns>The part of the line that is still to be read; empty if there is none.</returns>
    private TextRange DecodeFirst(ViewBatch batch, TextRange record, long arrivalTime)
    {
        var bytes = batch.Bytes(record);
        var view = new View { ArrivalTime = arrivalTime, Failure = -1, Circumstances = -1 };
        if (!AccessLogLine.TryParse(bytes, out var line))
        {
            batch.Reject(RejectionReason.Malformed, record);
            return default;
        }

        var next = Within(record, AccessLogJoined.Find(bytes, line, out var isReadable));
        if (!EventTimeText.TryParseLog(line.Date, out view.EventTime))
            batch.Reject(RejectionReason.InvalidEventTime, record);
        else
            Complete(batch, record, line, ref view);
        if (next.IsEmpty || isReadable)
            return next;
        batch.Reject(RejectionReason.Malformed, next);
        return default;
    }

    private void Complete(ViewBatch batch, TextRange record, in AccessLogLine line, ref View view)
    {
        var path = ReadableText.Of(batch, Within(record, line.Path));
        view.Title = LongText.Key(batch, path);
        view.TitleHash = KeyHash.Of(batch.Bytes(view.Title));
        var host = Within(record, line.VirtualHost);
        if (host.IsEmpty)
        {
            view.Property = batch.Append(property);
            view.PropertyHash = propertyHash;
        }
        else
        {
            view.Property = LongText.Key(batch, ReadableText.Of(batch, LowerCase(batch, host)));
            view.PropertyHash = KeyHash.Of(batch.Bytes(view.Property));
        }

        var status = Within(record, line.Status);
        if (failing[Number(batch.Bytes(status))])
            view.Failure = Fail(batch, status, LongText.Shown(batch, path));
        if (sample.Has(view, batch.Bytes(record), out var content))
            view.Circumstances = AccessLogCircumstances.Add(batch, record, line, content);
        batch.Add(view);
    }

    /// <summary>The host in lower case, as hosts are not case-sensitive. ASCII only: clients send other alphabets in Punycode.</summary>
    private static TextRange LowerCase(ViewBatch batch, TextRange host)
    {
        if (!batch.Bytes(host).ContainsAnyInRange((byte)'A', (byte)'Z'))
            return host;
        var lower = batch.Reserve(host.Length);
        batch.Bytes(host).CopyTo(lower);
        foreach (ref var letter in lower[..host.Length])
        {
            if (char.IsAsciiLetterUpper((char)letter))
                letter |= 0x20;
        }

        return batch.Commit(host.Length);
    }

    private static int Fail(ViewBatch batch, TextRange status, TextRange title)
    {
        ReadOnlySpan<byte> prefix = "HTTP "u8;
        var message = batch.Reserve(prefix.Length + status.Length);
        prefix.CopyTo(message);
        batch.Bytes(status).CopyTo(message[prefix.Length..]);
        return batch.Add(new Failure
        {
            ErrorType = status,
            ErrorTypeHash = KeyHash.Of(batch.Bytes(status)),
            Message = batch.Commit(message.Length),
            VideoTitle = title,
        });
    }

    private static int Number(ReadOnlySpan<byte> status) =>
        ((status[0] - '0') * 100) + ((status[1] - '0') * 10) + status[2] - '0';

    private static TextRange Within(TextRange record, Range part) =>
        new(record.Offset + part.Start.Value, part.End.Value - part.Start.Value);
}
