using Rx.Alerting.Service.Terminal;
using Spectre.Console;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary>On a terminal, how many entries have been copied; elsewhere nothing.</summary>
internal static class CopyProgress
{
    /// <param name="screen">Where to show it.</param>
    /// <param name="what">What is being done.</param>
    /// <param name="work">Is given what to tell: entries so far, and of how many where that is known.</param>
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
