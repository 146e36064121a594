namespace Rx.Alerting.Service.Tries;

/// <summary>What the log says of runs that try options. The ids never change.</summary>
internal static partial class TryLog
{
    [LoggerMessage(1094, LogLevel.Information, "Options are tried for {Property} by {By}: run {Id} begins")]
    public static partial void Begun(ILogger logger, string id, string property, string by);

    [LoggerMessage(1095, LogLevel.Information,
        "Options were tried for {Property}: run {Id} has ended ({End}), {Views} views in {Milliseconds} ms")]
    public static partial void Ended(ILogger logger, string id, string property, TryEnd end, long views, long milliseconds);

    [LoggerMessage(1096, LogLevel.Warning, "Options could not be tried for {Property}, run {Id}: {Problem}")]
    public static partial void Failed(ILogger logger, string id, string property, string problem);

    [LoggerMessage(1097, LogLevel.Error, "Options could not be tried for {Property}, run {Id}")]
    public static partial void FailedOddly(ILogger logger, string id, string property, Exception problem);
}
