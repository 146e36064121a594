using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Service.Run;

/// <summary>The service's log messages. Their ids never change.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1000, LogLevel.Critical, "The pipeline has failed; the service stops")]
    public static partial void PipelineFailed(ILogger logger, Exception failure);

    [LoggerMessage(1001, LogLevel.Information, "The source of {Pipeline} has ended; incidents can still be read")]
    public static partial void SourceEnded(ILogger logger, string pipeline);

    [LoggerMessage(1002, LogLevel.Warning, "Incidents are no longer printed: {Reason}. They can still be read over HTTP")]
    public static partial void NobodyReads(ILogger logger, string reason);

    [LoggerMessage(1003, LogLevel.Warning, "A record of {Partition} was not counted, {Reason}: {Sample}")]
    public static partial void Sampled(ILogger logger, string reason, string partition, string sample);

    [LoggerMessage(1004, LogLevel.Critical, "The service stops: {Reason}")]
    public static partial void CannotGoOn(ILogger logger, string reason);

    [LoggerMessage(1005, LogLevel.Information, "Pipeline {Pipeline} begins anew, as the store has no state of it: {Beginning}")]
    public static partial void BeginsAnew(ILogger logger, string pipeline, string beginning);

    [LoggerMessage(1006, LogLevel.Information,
        "Pipeline {Pipeline} goes on from commit {Id}: {Entries} entries restored in {Milliseconds} ms")]
    public static partial void Restored(ILogger logger, string pipeline, long id, int entries, long milliseconds);

    [LoggerMessage(1007, LogLevel.Warning,
        "The store does not take the state of pipeline {Pipeline}; tried again until it does: {Problem}")]
    public static partial void StoreFails(ILogger logger, string pipeline, string problem);

    [LoggerMessage(1008, LogLevel.Information, "The store answers pipeline {Pipeline} again, after {Milliseconds} ms")]
    public static partial void StoreIsBack(ILogger logger, string pipeline, long milliseconds);

    [LoggerMessage(1009, LogLevel.Error,
        "The store has lost what it had confirmed; the pipeline begins anew from what the store has: {Reason}")]
    public static partial void RolledBack(ILogger logger, string reason);

    [LoggerMessage(1010, LogLevel.Warning, "The source cannot be read just now; tried again until it can: {Problem}")]
    public static partial void SourceFails(ILogger logger, string problem);

    [LoggerMessage(1011, LogLevel.Warning, "Pipeline {Pipeline} rests here until its partition is revoked: {Reason}")]
    public static partial void TakenOver(ILogger logger, string pipeline, string reason);

    [LoggerMessage(1012, LogLevel.Warning,
        "The event time of {Pipeline} stood at {From:u}, in the future: a wrong clock had moved it there. It is forgotten, "
        + "and the views that come next tell the time; what was learned stays, and views that were late meanwhile are not counted")]
    public static partial void SetBack(ILogger logger, string pipeline, DateTimeOffset from);

    [LoggerMessage(1013, LogLevel.Warning, "Something may be wrong with what {Pipeline} reads: {Doubt}")]
    public static partial void Doubtful(ILogger logger, string pipeline, string doubt);

    [LoggerMessage(1014, LogLevel.Information, "What {Pipeline} reads looks right again")]
    public static partial void NotDoubtful(ILogger logger, string pipeline);

    [LoggerMessage(1015, LogLevel.Warning, "{Pipeline} has not counted since it was last said: {Since}. In all: {All}")]
    public static partial void NotCounted(ILogger logger, string pipeline, string since, string all);

    [LoggerMessage(1016, LogLevel.Warning,
        "{Number} connections were closed because as many as may be are open; see Http:MaximumConnections. Who holds them?")]
    public static partial void Refused(ILogger logger, long number);

    [LoggerMessage(1017, LogLevel.Warning,
        "At most {Connections} connections can be open, not {Wanted} (Http:MaximumConnections): "
        + "the process may open {Files} files only. Raise its limit (ulimit -n)")]
    public static partial void FewFiles(ILogger logger, int connections, int wanted, long files);

    [LoggerMessage(1018, LogLevel.Warning,
        "An earlier release has written the state of {Pipeline}. It is upgraded ({Upgraded}): views, baselines and incidents are kept. "
        + "After the next commit the earlier release cannot read it any more")]
    public static partial void Upgraded(ILogger logger, string pipeline, string upgraded);

    [LoggerMessage(1019, LogLevel.Warning,
        "Commit {Id} of {Pipeline} took {Seconds:0.0} s for {Entries} entries, "
        + "and what was decided meanwhile is told that much later. Is the store slow, or are most titles new?")]
    public static partial void LongCommit(ILogger logger, string pipeline, long id, double seconds, int entries);

    [LoggerMessage(1020, LogLevel.Error,
        "The store does not hold what pipeline {Pipeline} has committed ({Problem}). The service still has all of it, "
        + "and commits everything anew: nothing is to be done, but see what deletes or writes its keys")]
    public static partial void Rewriting(ILogger logger, string pipeline, string problem);

    [LoggerMessage(1021, LogLevel.Warning,
        "Pipeline {Pipeline} begins anew, as the store has no state of it, though {Lost}: {Beginning}. "
        + "What was normal for every key is learned anew, and incidents that were open are not followed. "
        + "If the store is the wrong one, stop the service; Checkpoints:OnMissing=fail refuses such a start")]
    public static partial void StateIsMissing(ILogger logger, string pipeline, string lost, string beginning);

    [LoggerMessage(1022, LogLevel.Information,
        "Pipeline {Pipeline} reads the present again; what is normal for its keys is still being learned")]
    public static partial void CaughtUp(ILogger logger, string pipeline);

    [LoggerMessage(1023, LogLevel.Warning, "The store may lose what it is given: {Doubt}")]
    public static partial void StoreDoubtful(ILogger logger, string doubt);

    [LoggerMessage(1024, LogLevel.Information, "The store looks right again")]
    public static partial void StoreNotDoubtful(ILogger logger);

    [LoggerMessage(1025, LogLevel.Warning, "The incidents cannot be read from the store; tried again until they can: {Problem}")]
    public static partial void BoardFails(ILogger logger, string problem);

    [LoggerMessage(1026, LogLevel.Information, "The incidents can be read from the store again, after {Milliseconds} ms")]
    public static partial void BoardIsBack(ILogger logger, long milliseconds);

    [LoggerMessage(1027, LogLevel.Warning,
        "Channel {Channel} does not take what {Pipeline} has to tell (attempt {Attempts}); tried again until it does: {Problem}")]
    public static partial void ChannelFails(ILogger logger, string channel, string pipeline, int attempts, string problem);

    [LoggerMessage(1028, LogLevel.Information, "Channel {Channel} takes what {Pipeline} has to tell again, after {Milliseconds} ms")]
    public static partial void ChannelIsBack(ILogger logger, string channel, string pipeline, long milliseconds);

    [LoggerMessage(1029, LogLevel.Error,
        "Channel {Channel} will not be told {Effects} changes of {Pipeline}, the oldest ones: more than Effects:MaximumWaiting were "
        + "waiting for it. In all it has missed {All}")]
    public static partial void ChannelLost(ILogger logger, string channel, string pipeline, long effects, long all);

    [LoggerMessage(1032, LogLevel.Warning,
        "Channel {Channel} is not there any more: {Effects} changes of {Pipeline} that were waiting for it are not told there")]
    public static partial void ChannelRetired(ILogger logger, string channel, string pipeline, long effects);

    [LoggerMessage(1040, LogLevel.Warning, "Channel {Channel} cannot be told (attempt {Attempts}); tried again: {Problem}")]
    public static partial void NotificationFails(ILogger logger, string channel, int attempts, string? problem);

    [LoggerMessage(1041, LogLevel.Information, "Channel {Channel} is told again, after {Milliseconds} ms")]
    public static partial void NotificationsGoOn(ILogger logger, string channel, long milliseconds);

    [LoggerMessage(1043, LogLevel.Information,
        "Channel {Channel} has nothing left to tell of what has failed for {Milliseconds} ms; whether its receiver is back, is not known")]
    public static partial void NothingFails(ILogger logger, string channel, long milliseconds);

    [LoggerMessage(1042, LogLevel.Error,
        "Channel {Channel} will not be told that incident {Incident} has {Event}, after {Attempts} attempts: {Problem}")]
    public static partial void NotificationLost(
        ILogger logger, string channel, string incident, NotificationEvent? @event, int attempts, string? problem);

    [LoggerMessage(1033, LogLevel.Critical, "{Service} has failed, and the service has stopped")]
    public static partial void ServiceFailed(ILogger logger, string service, Exception failure);

    [LoggerMessage(1034, LogLevel.Warning, "No control commands come by RabbitMQ; tried again until they do: {Problem}")]
    public static partial void NoCommandsCome(ILogger logger, string problem);

    [LoggerMessage(1035, LogLevel.Information, "Control commands come by RabbitMQ again, after {Milliseconds} ms")]
    public static partial void CommandsComeAgain(ILogger logger, long milliseconds);

    [LoggerMessage(1036, LogLevel.Warning,
        "{Number} control messages were not understood, and are in the dead-letter exchange of RabbitMq:Exchange. The latest: {Reason}")]
    public static partial void CommandsNotUnderstood(ILogger logger, long number, string reason);

    [LoggerMessage(1050, LogLevel.Warning, "Pipeline {Pipeline} is paused: {Pause}. Nothing is read, and views stay where they are")]
    public static partial void Paused(ILogger logger, string pipeline, string pause);

    [LoggerMessage(1051, LogLevel.Information, "Pipeline {Pipeline} reads on, after {Milliseconds} ms in which it was paused here")]
    public static partial void Resumed(ILogger logger, string pipeline, long milliseconds);

    [LoggerMessage(1052, LogLevel.Information,
        "Options of pipeline {Pipeline} were set while it ran, and hold over what is configured (version {Version}): {Options}")]
    public static partial void OptionsHold(ILogger logger, string pipeline, long version, string options);

    [LoggerMessage(1053, LogLevel.Information, "All options of pipeline {Pipeline} are as they are configured again")]
    public static partial void OptionsAsConfigured(ILogger logger, string pipeline);

    [LoggerMessage(1054, LogLevel.Warning, "An option of pipeline {Pipeline} was set while it ran, and does not hold any more: {Option}")]
    public static partial void OptionDropped(ILogger logger, string pipeline, string option);

    [LoggerMessage(1060, LogLevel.Information, "{Type} {CommandId} of {Pipeline} begins")]
    public static partial void DumpBegins(ILogger logger, string type, string commandId, string pipeline);

    [LoggerMessage(1061, LogLevel.Information, "Dump {CommandId} of {Pipeline} goes on: {Progress}")]
    public static partial void DumpGoesOn(ILogger logger, string commandId, string pipeline, string progress);

    [LoggerMessage(1062, LogLevel.Information,
        "Dump {CommandId} of {Pipeline} is there: {Rows} rows, {Bytes} bytes in {Location}, after {Milliseconds} ms")]
    public static partial void DumpEnds(
        ILogger logger, string commandId, string pipeline, long rows, long bytes, string location, long milliseconds);

    [LoggerMessage(1063, LogLevel.Warning, "Dump {CommandId} of {Pipeline} was not made: {Problem}")]
    public static partial void DumpFails(ILogger logger, string commandId, string pipeline, string problem, Exception? failure);

    [LoggerMessage(1030, LogLevel.Error, "Pipeline {Pipeline} does not run here: {Reason}")]
    public static partial void NotHandedOver(ILogger logger, string pipeline, string reason);

    [LoggerMessage(1031, LogLevel.Warning,
        "Pipeline {Pipeline} is taken over by this process again: the group has left its partition here")]
    public static partial void TakenBack(ILogger logger, string pipeline);

    [LoggerMessage(1070, LogLevel.Information, "Metrics and health are at {Address}")]
    public static partial void MetricsAt(ILogger logger, string address);

    [LoggerMessage(1071, LogLevel.Warning,
        "Another process has {Taken}, so metrics and health are at {Address}. --metrics gives this service an address of its own")]
    public static partial void MetricsElsewhere(ILogger logger, string taken, string address);

    [LoggerMessage(1072, LogLevel.Information, "{Signals} are exported to {Address} by OTLP, as Telemetry:Otlp says")]
    public static partial void ExportsTo(ILogger logger, string signals, string address);
}
