using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>Why incidents may be missing or old in an answer, for the API's users.</summary>
internal sealed class AnswerNotice(CatchingUp catchingUp, BoardFollower follower)
{
    /// <summary>Null if nothing is missing.</summary>
    public string? Text => (catchingUp.Notice, follower.Notice) switch
    {
        ({ } lost, { } stale) => $"{lost}; {stale}",
        var (lost, stale) => lost ?? stale,
    };
}
