using System.Collections.Concurrent;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Sources;

namespace Rx.Alerting.Service.Run;

/// <summary>The pipelines of this process, for questions about their error rates. Thread-safe.</summary>
internal sealed class RunningPipelines(WatchedStream stream)
{
    private readonly ConcurrentDictionary<string, CheckpointedPipeline> running = new(StringComparer.Ordinal);

    /// <summary>Why keys may be missing in answers, for people. Null: none are.</summary>
    public string? Notice => stream.IsShared
        ? $"This is what {running.Count} pipelines of this process know. Other processes know the rest."
        : null;

    /// <summary>A pipeline begins. It is not asked any more when the result is disposed.</summary>
    public IDisposable Register(string name, CheckpointedPipeline pipeline)
    {
        running[name] = pipeline;
        return new Registration(() => running.TryRemove(KeyValuePair.Create(name, pipeline)));
    }

    /// <summary>Asks all pipelines, and puts their answers together.</summary>
    /// <returns>Null: no pipeline runs here, or none has its state yet.</returns>
    /// <exception cref="ReadRefusedException">Too many questions wait.</exception>
    public async Task<RatePage?> FindRatesAsync(RateQuestion question, CancellationToken cancel)
    {
        var pipelines = running.Values.ToList();
        // Several answers are put in order here, so each has to have all that may be shown.
        var asked = pipelines.Count == 1 ? question : question with { Skip = 0, Take = question.Skip + question.Take };
        var answers = await Task.WhenAll(pipelines.Select(pipeline => pipeline.FindRatesAsync(asked, cancel)));
        var pages = answers.OfType<RatePage>().ToList();
        if (pages.Count < 2)
            return pipelines.Count == 1 || pages.Count == 0 ? pages.FirstOrDefault() : Cut(pages[0]);
        return Cut(new(
            [.. pages.SelectMany(page => page.Keys)
                .OrderByDescending(key => key.Rank)
                .ThenBy(key => key.Title ?? key.Property, StringComparer.Ordinal)
                .ThenBy(key => key.Property, StringComparer.Ordinal)],
            pages.Sum(page => page.Total),
            pages.Max(page => page.Watermark)));

        RatePage Cut(RatePage page) => page with { Keys = [.. page.Keys.Skip(question.Skip).Take(question.Take)] };
    }

    private sealed class Registration(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
