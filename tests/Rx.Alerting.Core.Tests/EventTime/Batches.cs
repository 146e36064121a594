using System.Globalization;
using System.Text;
using Rx.Alerting.Core.EventTime;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.EventTime;

/// <summary>Makes batches whose views have their event time as title, and shows the results as text.</summary>
internal static class Batches
{
    public static readonly TimeSpan Pane = TimeSpan.FromMilliseconds(1);

    /// <summary>No lateness, a lead of 100 ms, three witnesses: small numbers, with which marbles can be drawn.</summary>
    public static readonly EventTimeOptions Options = new()
    {
        MaximumOutOfOrderness = TimeSpan.Zero,
        MaximumLead = TimeSpan.FromMilliseconds(100),
        ConfirmingViews = 3,
    };

    /// <summary>Views without arrival times, as in files.</summary>
    public static ViewBatch Of(string partition, params long[] eventTimes) => Of(partition, PartitionStatus.Active, eventTimes);

    public static ViewBatch Of(string partition, PartitionStatus status, params long[] eventTimes)
    {
        var batch = new ViewBatch(partition) { Status = status };
        foreach (var eventTime in eventTimes)
            batch.AddView(eventTime, View.NoArrivalTime);
        return batch;
    }

    /// <summary>Views that arrive when they happen, as from a broker. So no view leaps.</summary>
    public static ViewBatch Arriving(string partition, params long[] eventTimes)
    {
        var batch = new ViewBatch(partition);
        foreach (var eventTime in eventTimes)
            batch.AddView(eventTime, eventTime);
        return batch;
    }

    /// <summary>Views at odd event times fail, so that the failures are tested, too.</summary>
    public static void AddView(this ViewBatch batch, long eventTime, long arrivalTime) => batch.Add(new View
    {
        EventTime = eventTime,
        ArrivalTime = arrivalTime,
        Property = batch.Append("shop"u8),
        Title = batch.Append(Encoding.UTF8.GetBytes(Text(eventTime))),
        Failure = eventTime % 2 == 0 ? -1 : batch.Add(Failing(batch, eventTime)),
        Circumstances = eventTime % 2 == 0 ? -1 : Through(batch, eventTime),
    });

    /// <summary>An element as text, such as <c>a:5,9 late:2 far:1 @8 end</c>. Asserts that every view still has its own texts.</summary>
    public static string Describe(TimedBatch element)
    {
        var batch = element.Batch;
        var text = new StringBuilder($"{batch.Partition}:{List(batch, batch.Views)}");
        if (!element.Late.IsEmpty)
            text.Append(CultureInfo.InvariantCulture, $" late:{List(batch, Array.ConvertAll(element.Late.ToArray(), late => late.View))}");
        if (batch.Rejected[(int)RejectionReason.FarFuture] > 0)
            text.Append(CultureInfo.InvariantCulture, $" far:{batch.Rejected[(int)RejectionReason.FarFuture]}");
        if (element.Watermark > long.MinValue)
            text.Append(CultureInfo.InvariantCulture, $" @{element.Watermark}");
        if (element.IsFinal)
            text.Append(" final");
        return text.ToString();
    }

    private static string List(ViewBatch batch, ReadOnlySpan<View> views)
    {
        var times = new List<string>();
        foreach (ref readonly var view in views)
        {
            var text = Text(view.EventTime);
            times.Add(text);
            Assert.Equal(text, batch.String(view.Title));
            Assert.Equal("shop", batch.String(view.Property));
            Assert.Equal(view.EventTime % 2 != 0, view.Failed);
            if (!view.Failed)
                continue;
            var failure = batch.Failures[view.Failure];
            Assert.Equal("network " + text, batch.String(failure.ErrorType));
            Assert.Equal("cdn " + text, batch.String(batch.Circumstances[view.Circumstances].Values[(int)Dimension.Cdn]));
        }

        return string.Join(',', times);
    }

    private static Failure Failing(ViewBatch batch, long eventTime) =>
        new() { ErrorType = batch.Append(Encoding.UTF8.GetBytes("network " + Text(eventTime))) };

    private static int Through(ViewBatch batch, long eventTime)
    {
        batch.AddCircumstances(out var index).Values[(int)Dimension.Cdn] = batch.Append(Encoding.UTF8.GetBytes("cdn " + Text(eventTime)));
        return index;
    }

    private static string Text(long eventTime) => eventTime.ToString(CultureInfo.InvariantCulture);
}
