using System.Runtime.CompilerServices;
using Rx.Alerting.Benchmarks.Replay;
using Rx.Alerting.Benchmarks.Running;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Explanations;

/// <summary>A replay whose views keep their circumstances, or lose them after they were decoded.</summary>
internal static class ExplainedReplay
{
    public static void Run(Arguments arguments) =>
        ReplayPipeline.Run(arguments, arguments["circumstances"] == "yes" ? _ => { }
    : Forget);

    private static void Forget(ViewBatch batch)
    {
        foreach (ref readonly var view in batch.Views)
            Unsafe.AsRef(in view).Circumstances = -1;
    }
}
