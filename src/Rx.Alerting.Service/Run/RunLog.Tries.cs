using Rx.Alerting.Service.Tries;

namespace Rx.Alerting.Service.Run;

/// <content>Runs that try options.</content>
internal static partial class RunLog
{
    [LoggerMessage(1094, LogLevel.Information, "Options are tried for {Property} by {By}: run {Id} begins")]
    public static partial void TryBegun(ILogger logger, string id, string property, string by);

    [LoggerMessage(1095, LogLevel.Information,
        "Options were tried for {Property}: run {Id} has ended ({End}), {Views} views in {Milliseconds} ms")]
    public static partial void TryEnded(ILogger logger, string id, string property, TryEnd end, long views, long milliseconds);

    [LoggerMessage(1096, LogLevel.Warning, "Options could not be tried for {Property}, run {Id}: {Problem}")]
    public static partial void TryFailed(ILogger logger, string id, string property, string problem);

    [LoggerMessage(1097, LogLevel.Error, "Options could not be tried for {Property}, run {Id}")]
    public static partial void TryFailedOddly(ILogger logger, string id, string property, Exception problem);
}
