using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Connectors.Files;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Testing;

namespace Rx.Alerting.Benchmarks.Replay;

/// <summary>What <c>rx-alerting replay</c> does: a file through the pipeline, every change of an incident taken.</summary>
internal static class ReplayPipeline
{
    public static void Run(Arguments arguments) => Run(arguments, _ => { });

    /// <param name="arguments">The file.</param>
    /// <param name="prepare">Gets each batch before the pipeline does.</param>
    public static void Run(Arguments arguments, Action<ViewBatch> prepare)
    {
        using var source = FileViewSource.Open(new FileSourceOptions { Paths = [arguments["file"]] });
        using var pipeline = new DetectionPipeline(new PipelineOptions());
        var changes = 0;
        using var subscription = pipeline.Changes.Subscribe(_ => changes++);
        using var done = new ManualResetEventSlim();
        Exception? failure = null;
        using var reading = source.Read(new Dictionary<string, string>(), OpenGate.Instance).Subscribe(
            batch =>
            {
                prepare(batch);
                pipeline.OnNext(batch);
            },
            error =>
            {
                failure = error;
                done.Set();
            },
            () =>
            {
                pipeline.OnCompleted();
                done.Set();
            });
        done.Wait();
        if (failure is not null)
            throw new ChildFailedException(failure.Message);

        var statistics = pipeline.Statistics;
        Figures.Write(
            ("views", statistics.Views + statistics.Late + statistics.Rejected.Sum()), ("rejected", statistics.Rejected.Sum()),
            ("incident_changes", changes), ("cpu_seconds", Environment.CpuUsage.TotalTime.TotalSeconds));
    }
}
