using System.Net;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Run;

/// <summary>Who may use the service, and who is refused.</summary>
internal static partial class RunLog
{
    [LoggerMessage(1080, LogLevel.Information,
        "Nobody has said who may use the service: everybody on this machine may do everything, others nothing (docs/access.md)")]
    public static partial void OpenOnThisMachine(ILogger logger);

    [LoggerMessage(1081, LogLevel.Information,
        "Without a token, callers are {Anonymous}, and on this machine {Local}, as Access:Anonymous and Access:Local say")]
    public static partial void OpenTo(ILogger logger, AccessRole anonymous, AccessRole local);

    [LoggerMessage(1082, LogLevel.Warning, "{Address} shows what does not hold ({Number} within a minute): {Reason}")]
    public static partial void NotAuthenticated(ILogger logger, IPAddress? address, int number, string reason);

    [LoggerMessage(1083, LogLevel.Warning,
        "{Address} names a user as only a proxy may, and is none of Access:Proxy:Networks: the name is ignored")]
    public static partial void ForgedProxy(ILogger logger, IPAddress? address);

    [LoggerMessage(1084, LogLevel.Warning,
        "The tokens cannot be read from the store; those that were read last hold until they can: {Problem}")]
    public static partial void TokensFail(ILogger logger, string problem);

    [LoggerMessage(1085, LogLevel.Information, "The tokens can be read from the store again")]
    public static partial void TokensAreBack(ILogger logger);

    [LoggerMessage(1086, LogLevel.Warning, "The service runs on .NET {Version}, which has known faults: {Least} or later mends them")]
    public static partial void OldRuntime(ILogger logger, Version version, Version least);

    [LoggerMessage(1087, LogLevel.Warning, "A login at the identity provider has failed: {Problem}")]
    public static partial void LoginFails(ILogger logger, string problem);

    [LoggerMessage(1088, LogLevel.Warning,
        "The keys of forms and logins cannot be read from the store; those that are known hold: {Problem}")]
    public static partial void KeysFail(ILogger logger, string problem);

    [LoggerMessage(1089, LogLevel.Information, "The keys of forms and logins can be read from the store again")]
    public static partial void KeysAreBack(ILogger logger);

    [LoggerMessage(1090, LogLevel.Information, "Channel {Channel} was tested by {By}: {Outcome}")]
    public static partial void ChannelTested(ILogger logger, string channel, string by, string outcome);
}
