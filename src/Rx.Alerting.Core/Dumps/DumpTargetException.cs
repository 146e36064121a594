namespace Rx.Alerting.Core.Dumps;

/// <summary>A target of dumps does not do what it is asked for. The message names the target, and says what to look at.</summary>
/// <param name="message">A clause for people, without secrets.</param>
/// <param name="mayPass">Whether the same may succeed later: no answer, too many requests.</param>
/// <param name="inner">The cause.</param>
public sealed class DumpTargetException(string message, bool mayPass, Exception? inner = null) : Exception(message, inner)
{
    public bool MayPass => mayPass;
}
