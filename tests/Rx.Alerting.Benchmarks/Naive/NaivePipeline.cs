using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Benchmarks.Traffic;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Core.Windows;

namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>Decoded views to incidents: everything the service does but reading and delivering.</summary>
internal static class NaivePipeline
{
    public static void Run(Arguments arguments)
    {
        var traffic = new NaiveTraffic(arguments);
        var filler = new BatchFiller(NaiveTraffic.Properties, traffic.Titles);
        var batch = filler.NewBatch("partition-0");
        var hasCircumstances = arguments["circumstances"] == "yes";
        var pane = TimeSpan.FromSeconds(arguments.Int("pane"));
        using var pipeline = new DetectionPipeline(new PipelineOptions { Windows = new WindowOptions { PaneInterval = pane } });
        var changes = 0;
        using var subscription = pipeline.Changes.Subscribe(_ => changes++);
        Action push = () => pipeline.OnNext(batch);
        var meter = default(NaiveMeter);
        while (traffic.NextBatch is > 0 and var count)
        {
            filler.Clear(batch);
            for (var i = 0; i < count; i++)
            {
                var (eventTime, title, errorType) = traffic.Next();
                filler.Add(batch, eventTime, title, errorType, hasCircumstances);
            }

            meter.Push(traffic.IsMeasured, count, push);
        }

        pipeline.OnCompleted();
        if (pipeline.Statistics.Views != traffic.Views)
            throw new ChildFailedException($"The pipeline counted {pipeline.Statistics.Views} of {traffic.Views} views.");
        Figures.Write(("incident_changes", changes), ("titles", pipeline.Statistics.Titles));
        meter.Write();
    }
}
