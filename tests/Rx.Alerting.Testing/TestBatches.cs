using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Testing;

/// <summary>Batches of views for tests.</summary>
public static class TestBatches
{
    public static ViewBatch Of(string partition, params IEnumerable<TestView> views)
    {
        var batch = new ViewBatch(partition);
        foreach (var view in views)
            Add(batch, view);
        return batch;
    }

    public static void Add(ViewBatch batch, TestView view)
    {
        var (property, title) = (Encoding.UTF8.GetBytes(view.Property), Encoding.UTF8.GetBytes(view.Title));
        batch.Add(new View
        {
            EventTime = view.Time,
            ArrivalTime = View.NoArrivalTime,
            Property = batch.Append(property),
            PropertyHash = KeyHash.Of(property),
            Title = batch.Append(title),
            TitleHash = KeyHash.Of(title),
            Failure = view.ErrorType.Length == 0 ? -1 : AddFailure(batch, view),
        });
    }

    private static int AddFailure(ViewBatch batch, TestView view)
    {
        var type = Encoding.UTF8.GetBytes(view.ErrorType);
        return batch.Add(new Failure
        {
            ErrorType = batch.Append(type),
            ErrorTypeHash = KeyHash.Of(type),
            Message = batch.Append(Encoding.UTF8.GetBytes(view.Message)),
            VideoTitle = batch.Append(Encoding.UTF8.GetBytes(view.Title)),
        });
    }
}
