using System.Reactive.Linq;
using System.Reactive.Subjects;
using System.Text.Json;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Pipeline;

/// <summary>Takes samples of rejected records and late views, the first of each reason.</summary>
internal sealed class DeadLetterSampler(DeadLetterOptions options) : IDisposable
{
    private const int Late = 0;

    private static readonly string[] Reasons =
        ["late", .. Enum.GetNames<RejectionReason>().Skip(1).Select(JsonNamingPolicy.SnakeCaseLower.ConvertName)];

    private readonly Subject<DeadLetter> letters = new();
    private readonly int[] taken = new int[Reasons.Length];

    public IObservable<DeadLetter> Letters => letters.AsObservable();

    public void Sample(TimedBatch element)
    {
        var batch = element.Batch;
        foreach (var (reason, record) in batch.Samples)
        {
            if (Take((int)reason))
            {
                var bytes = batch.Bytes(record);
                letters.OnNext(Letter((int)reason, batch.Partition, null, Text(bytes)) with { Head = Head(bytes).ToArray() });
            }
        }

        foreach (ref readonly var late in element.Late)
        {
            if (!Take(Late))
                break;
            var view = late.View;
            var time = DateTimeOffset.FromUnixTimeMilliseconds(view.EventTime);
            var sample = $"{Text(batch.Bytes(view.Property))} {Text(batch.Bytes(view.Title))}".TrimEnd();
            letters.OnNext(Letter(Late, batch.Partition, time, sample));
        }
    }

    public void Dispose() => letters.Dispose();

    private bool Take(int reason)
    {
        if (taken[reason] >= options.MaximumPerReason)
            return false;
        taken[reason]++;
        return true;
    }

    private static DeadLetter Letter(int reason, string partition, DateTimeOffset? eventTime, string sample) =>
        new(Reasons[reason], partition, eventTime, sample);

    private string Text(ReadOnlySpan<byte> bytes) => ReadableBytes.Text(Head(bytes));

    /// <summary>The beginning, up to the last whole character.</summary>
    private ReadOnlySpan<byte> Head(ReadOnlySpan<byte> bytes)
    {
        var length = Math.Min(bytes.Length, options.MaximumBytes);
        while (length > 0 && length < bytes.Length && (bytes[length] & 0xC0) == 0x80)
            length--;
        return bytes[..length];
    }
}
