using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>Shows how many entries have been copied, on a terminal only.</summary>
internal static class CopyProgress
{
    /// <param name="screen">Where the progress is shown.</param>
    /// <param name="what">The work's name for people.</param>
    /// <param name="work">The work. It calls its argument with the number of entries so far, and with the number of all entries if that is
    /// known.</param>
    public static Task<T> ShowAsync<T>(Screen screen, string what, Func<Action<long, long?>, Task<T>> work) => screen.IsRich
        ? screen.Console.Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new ProgressBarColumn(), new TaskDescriptionColumn { Alignment = Justify.Left })
            .StartAsync(context =>
            {
                var task = context.AddTask(what);
                return work((entries, all) =>
                {
                    task.IsIndeterminate = all is null;
                    task.Value = all is > 0 and var total ? task.MaxValue * entries / total : 0;
                    task.Description = $"{what}, {IncidentWords.Count(entries)} entries";
                });
            })
        : work((_, _) => { });
}
