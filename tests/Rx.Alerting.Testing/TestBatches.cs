using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Testing;

/// <summary>Batches of views for tests.</summary>
public static class TestBatches
{
    private static readonly CircumstanceSample Sample = new(CircumstanceSample.Every);

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
        var added = new View
        {
            EventTime = view.Time,
            ArrivalTime = View.NoArrivalTime,
            Property = batch.Append(property),
            PropertyHash = KeyHash.Of(property),
            Title = batch.Append(title),
            TitleHash = KeyHash.Of(title),
            Failure = view.ErrorType.Length == 0 ? -1 : AddFailure(batch, view),
            Circumstances = -1,
        };
        if (Sample.Has(added, default, out var hash))
            AddCircumstances(batch, view, hash, out added.Circumstances);
        batch.Add(added);
    }

    private static void AddCircumstances(ViewBatch batch, TestView view, ulong hash, out int index)
    {
        ref var circumstances = ref batch.AddCircumstances(out index);
        circumstances.Hash = hash;
        foreach (var part in view.Slice?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [])
        {
            var (name, value) = (part[..part.IndexOf('=')], part[(part.IndexOf('=') + 1)..]);
            if (!DimensionNames.TryFind(name, out var dimension))
                throw new ArgumentException($"{name} is no dimension", nameof(view));
            circumstances.Values[(int)dimension] = batch.Append(Encoding.UTF8.GetBytes(value));
        }
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
