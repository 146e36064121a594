namespace Rx.Alerting.Core.Pipeline;

/// <summary>A cut could not be made. The message says why, as a clause. The pipeline goes on.</summary>
/// <param name="message">For people.</param>
/// <param name="mayPass">Whether another attempt may succeed.</param>
/// <param name="inner">The cause.</param>
public sealed class CutException(string message, bool mayPass, Exception? inner = null) : Exception(message, inner)
{
    public bool MayPass => mayPass;
}
