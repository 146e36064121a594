using Rx.Alerting.Service.Access;
using Rx.Alerting.Service.Channels;
using Rx.Alerting.Service.Run;

namespace Rx.Alerting.Service.Api;

/// <summary>Why incidents may be missing or old in an answer, for the API's users.</summary>
internal sealed class AnswerNotice(CatchingUp catchingUp, BoardFollower follower, PipelineHealth health)
{
    /// <summary>The full text names files, hosts and pipelines.</summary>
    private const string Brief = "incidents may be missing or old";

    /// <summary>The text for a caller: who does not see everything is told that something is wrong, and not what.</summary>
    public string? For(PropertyScope scope) => scope.IsAll || Text is null ? Text : Brief;

    /// <summary>Null if nothing is missing.</summary>
    public string? Text
    {
        get
        {
            string?[] notices = [catchingUp.Notice, follower.Notice];
            var said = string.Join("; ", notices.OfType<string>());
            var troubles = health.Troubles.Where(trouble => !said.Contains(trouble, StringComparison.Ordinal));
            var text = string.Join("; ", troubles.Prepend(said).Where(part => part.Length > 0));
            return text.Length == 0 ? null : text;
        }
    }
}
