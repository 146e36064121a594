using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>
/// Asks the pipelines for error rates, once in a few seconds for all who look at the same page. A search through a million titles is work,
/// and a page on a wall asks again and again. Thread-safe.
/// </summary>
internal sealed class RateAnswers(RunningPipelines pipelines, TimeProvider clock)
{
    private const int Most = 64;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly Dictionary<RateQuestion, (long At, Task<RatePage?> Answer)> answers = [];

    /// <summary>
    /// The rates, each key with its worst error type first; null where none are known, with the reason. With rates, why some may be
    /// missing; null: none are.
    /// </summary>
    /// <param name="wanted">Which keys. Its own order is not looked at.</param>
    /// <param name="order">Which of them come first.</param>
    /// <param name="cancel">The caller has gone.</param>
    public async Task<(RatePage? Page, string? Problem)> AskAsync(RateQuestion wanted, KeyOrder order, CancellationToken cancel)
    {
        var question = WorstFirst.Asked(wanted, order);
        try
        {
            // A question of a reader of some properties is like no other: what it may see is a part of it.
            var answer = question.IsVisible is null ? Shared(question) : pipelines.FindRatesAsync(question, cancel);
            return await answer.WaitAsync(Patience, clock, cancel) is { } page
                ? (WorstFirst.Answer(page, wanted, order), pipelines.Notice)
                : (null, "No rates are known: no pipeline runs in this process, or none has its state yet.");
        }
        catch (ReadRefusedException refused)
        {
            return (null, refused.Message);
        }
        catch (TimeoutException)
        {
            return (null, "The pipeline has not answered in time. Ask again, or search for a longer part of the name.");
        }
    }

    private Task<RatePage?> Shared(RateQuestion question)
    {
        lock (gate)
        {
            foreach (var old in answers.Where(one => !IsFresh(one.Value)).Select(one => one.Key).ToList())
                answers.Remove(old);
            if (answers.TryGetValue(question, out var known))
                return known.Answer;
            var answer = pipelines.FindRatesAsync(question, CancellationToken.None);
            if (answers.Count < Most)
                answers[question] = (clock.GetTimestamp(), answer);
            return answer;
        }
    }

    /// <summary>One that goes on is waited for by all.</summary>
    private bool IsFresh((long At, Task<RatePage?> Answer) one) =>
        !one.Answer.IsCompleted || (one.Answer.IsCompletedSuccessfully && clock.GetElapsedTime(one.At) <= Fresh);
}
