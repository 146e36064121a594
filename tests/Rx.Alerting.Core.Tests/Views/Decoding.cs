using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.Tests.Views;

/// <summary>Decodes one record, and shows the result.</summary>
internal static class Decoding
{
    internal static ViewBatch Decode(this IViewDecoder decoder, ReadOnlySpan<byte> record)
    {
        // The record is neither first nor last in the text, so that wrong offsets show.
        var batch = new ViewBatch("p");
        batch.Append("before"u8);
        var range = batch.Append(record);
        batch.Append("behind"u8);
        decoder.Decode(batch, range, Core.Views.View.NoArrivalTime);
        Assert.Equal(1, batch.ViewCount + batch.Rejected.ToArray().Sum());
        return batch;
    }

    internal static ViewBatch Decode(this IViewDecoder decoder, string record) => decoder.Decode(Encoding.UTF8.GetBytes(record));

    /// <summary>The reason of the only record; <see cref="RejectionReason.None"/> if it became a view.</summary>
    internal static RejectionReason Reason(this ViewBatch batch)
    {
        var reason = batch.Rejected.IndexOfAnyExcept(0);
        return reason < 0 ? RejectionReason.None : (RejectionReason)reason;
    }

    internal static View View(this ViewBatch batch)
    {
        Assert.Equal(RejectionReason.None, batch.Reason());
        var view = batch.Views[0];
        Assert.Equal(KeyHash.Of(batch.Bytes(view.Property)), view.PropertyHash);
        Assert.Equal(KeyHash.Of(batch.Bytes(view.Title)), view.TitleHash);
        return view;
    }

    internal static string Property(this ViewBatch batch) => batch.String(batch.View().Property);

    internal static string Title(this ViewBatch batch) => batch.String(batch.View().Title);

    internal static DateTimeOffset EventTime(this ViewBatch batch) => DateTimeOffset.FromUnixTimeMilliseconds(batch.View().EventTime);

    /// <summary>The error type, or null if the view succeeded.</summary>
    internal static string? ErrorType(this ViewBatch batch)
    {
        if (!batch.View().Failed)
            return null;
        var failure = batch.Failures[batch.View().Failure];
        Assert.Equal(KeyHash.Of(batch.Bytes(failure.ErrorType)), failure.ErrorTypeHash);
        return batch.String(failure.ErrorType);
    }

    internal static string Message(this ViewBatch batch) => batch.String(batch.Failures[batch.View().Failure].Message);

    internal static string VideoTitle(this ViewBatch batch) => batch.String(batch.Failures[batch.View().Failure].VideoTitle);

    internal static string Dimension(this ViewBatch batch, Dimension dimension) =>
        batch.String(batch.Circumstances[batch.View().Circumstances].Values[(int)dimension]);
}
