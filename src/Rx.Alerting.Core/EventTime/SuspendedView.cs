using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Core.EventTime;

/// <summary>
/// A view whose event time is not decided yet. The view is copied to a batch of its own, because sources reuse their batches.
/// </summary>
/// <param name="Batch">Has this view only.</param>
/// <param name="Start">How many of the kept witnesses came before the view.</param>
internal readonly record struct SuspendedView(ViewBatch Batch, int Start)
{
    public long EventTime => Batch.Views[0].EventTime;

    public static SuspendedView Of(ViewBatch source, in View view, int start)
    {
        var batch = new ViewBatch(source.Partition);
        batch.Add(batch.Import(source, view));
        return new(batch, start);
    }

    public static string Layout { get; } =
        "start i32, eventTime i64, arrivalTime i64, property bytes, title bytes, failed bool, "
        + "failure (type bytes, message bytes, videoTitle bytes) if failed, "
        + $"hasCircumstances bool, circumstances ({SuspendedCircumstances.Layout}) if hasCircumstances";

    public void Save(StateWriter writer)
    {
        var view = Batch.Views[0];
        writer.Int32(Start);
        writer.Int64(view.EventTime);
        writer.Int64(view.ArrivalTime);
        writer.Bytes(Batch.Bytes(view.Property));
        writer.Bytes(Batch.Bytes(view.Title));
        writer.Boolean(view.Failed);
        if (view.Failed)
        {
            var failure = Batch.Failures[view.Failure];
            writer.Bytes(Batch.Bytes(failure.ErrorType));
            writer.Bytes(Batch.Bytes(failure.Message));
            writer.Bytes(Batch.Bytes(failure.VideoTitle));
        }

        writer.Boolean(view.Circumstances >= 0);
        if (view.Circumstances >= 0)
            SuspendedCircumstances.Save(writer, Batch, Batch.Circumstances[view.Circumstances]);
    }

    public static SuspendedView Load(StateReader reader, string partition)
    {
        var batch = new ViewBatch(partition);
        var start = reader.Int32();
        var (eventTime, arrivalTime, property, title) = (reader.Int64(), reader.Int64(), reader.Bytes(), reader.Bytes());
        var view = new View
        {
            EventTime = eventTime,
            ArrivalTime = arrivalTime,
            PropertyHash = KeyHash.Of(property),
            TitleHash = KeyHash.Of(title),
            Property = batch.Append(property),
            Title = batch.Append(title),
            Failure = -1,
            Circumstances = -1,
        };
        if (reader.Boolean())
        {
            var type = reader.Bytes();
            var failure = new Failure
            {
                ErrorTypeHash = KeyHash.Of(type),
                ErrorType = batch.Append(type),
                Message = batch.Append(reader.Bytes()),
                VideoTitle = batch.Append(reader.Bytes()),
            };
            view.Failure = batch.Add(failure);
        }

        if (reader.Boolean())
            view.Circumstances = SuspendedCircumstances.Load(reader, batch);

        batch.Add(view);
        return new(batch, start);
    }
}
