namespace Rx.Alerting.Core.Pipeline;

/// <summary>Answers questions about error rates.</summary>
public sealed partial class CheckpointedPipeline
{
    private readonly ReadQueue reads = new(clock);

    /// <summary>The error rates as they are now; they may not be committed yet. The stream goes on meanwhile. Thread-safe.</summary>
    /// <param name="question">Which rates.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>Null: the pipeline has yet to be restored, or it has stopped.</returns>
    /// <exception cref="ReadRefusedException">Too many questions wait.</exception>
    public Task<RatePage?> FindRatesAsync(RateQuestion question, CancellationToken cancel) => reads.AskAsync<RatePage>(
        pipeline =>
        {
            var search = pipeline.Search(question);
            return () => search.Step() ? pipeline.PageOf(search, question) : null;
        },
        cancel);
}
