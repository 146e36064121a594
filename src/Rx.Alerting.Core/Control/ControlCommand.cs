namespace Rx.Alerting.Core.Control;

/// <summary>A decision of a person, which enters the stream between two batches.</summary>
/// <param name="Id">Chosen by the sender. A command that comes again with its id does nothing again.</param>
/// <param name="By">Who decides.</param>
public abstract record ControlCommand(string Id, string By);

/// <summary>Somebody takes an open incident on.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who takes the incident on.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Note">What the person says; may be null.</param>
public sealed record AcknowledgeCommand(string Id, string By, string IncidentId, string? Note = null) : ControlCommand(Id, By);

/// <summary>Somebody closes an open incident. Its series starts anew.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who closes the incident.</param>
/// <param name="IncidentId">The incident.</param>
/// <param name="Note">What the person says; may be null.</param>
public sealed record CloseCommand(string Id, string By, string IncidentId, string? Note = null) : ControlCommand(Id, By);

/// <summary>Nobody is to be told of some incidents for a while. The silence has the id of its command.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">The author.</param>
/// <param name="Matcher">Which incidents.</param>
/// <param name="Comment">Why.</param>
public sealed record SilenceCommand(string Id, string By, IncidentMatcher Matcher, string Comment) : ControlCommand(Id, By)
{
    /// <summary>Event time. Null: at once.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>Event time. Either this or <see cref="Duration"/> is given.</summary>
    public DateTimeOffset? EndsAt { get; init; }

    /// <summary>Event time from the start to the end.</summary>
    public TimeSpan? Duration { get; init; }
}

/// <summary>Somebody ends a silence early, or calls it off.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who ends the silence.</param>
/// <param name="SilenceId">The silence.</param>
/// <param name="Note">What the person says; may be null.</param>
public sealed record ExpireSilenceCommand(string Id, string By, string SilenceId, string? Note = null) : ControlCommand(Id, By);

/// <summary>A silence that comes again and again. It has the id of its command.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">The author.</param>
/// <param name="Matcher">Which incidents.</param>
/// <param name="Cron">When each window starts: minute, hour, day of month, month, day of week.</param>
/// <param name="TimeZone">The zone of <paramref name="Cron"/>, by its name in the IANA database: <c>Europe/Berlin</c>.</param>
/// <param name="Duration">How long each window lasts.</param>
/// <param name="Comment">Why.</param>
public sealed record MaintenanceCommand(
    string Id, string By, IncidentMatcher Matcher, string Cron, string TimeZone, TimeSpan Duration, string Comment) : ControlCommand(Id, By)
{
    /// <summary>Event time after which no window starts. Null: the windows go on.</summary>
    public DateTimeOffset? Until { get; init; }
}

/// <summary>Somebody removes maintenance windows. A window that has begun ends.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who removes them.</param>
/// <param name="MaintenanceId">The id of the command that has made them.</param>
/// <param name="Note">What the person says; may be null.</param>
public sealed record EndMaintenanceCommand(string Id, string By, string MaintenanceId, string? Note = null) : ControlCommand(Id, By);

/// <summary>Somebody sets options of the pipeline while it runs. They hold over what is configured, also after a restart.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who sets them.</param>
/// <param name="Options">By key, as options are written. Null: as it is configured.</param>
/// <param name="Comment">Why; may be null.</param>
public sealed record SetOptionsCommand(
    string Id, string By, IReadOnlyList<KeyValuePair<string, string?>> Options, string? Comment = null) : ControlCommand(Id, By);

/// <summary>
/// What is known of a key is forgotten: of a property with its titles, of a title, or of one error type of either. No incident may be open
/// there.
/// </summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who decides.</param>
/// <param name="Property">Its exact name.</param>
/// <param name="Title">The exact name of the title. Null: the property and all its titles.</param>
/// <param name="ErrorType">The exact name. Null: all error types, and that the key has been there.</param>
/// <param name="Comment">Why; may be null.</param>
public sealed record ForgetCommand(
    string Id, string By, string Property, string? Title = null, string? ErrorType = null, string? Comment = null)
    : ControlCommand(Id, By);

/// <summary>Somebody has the pipeline rest: views stay where they are, and event time stands. Commands are executed.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who decides.</param>
/// <param name="Comment">Why; may be null.</param>
public sealed record PauseCommand(string Id, string By, string? Comment = null) : ControlCommand(Id, By);

/// <summary>
/// A command that is executed beside the stream, such as a dump. In the stream it takes its id, so that no other command can have that id.
/// </summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who decides.</param>
/// <param name="Type">Of the command.</param>
/// <param name="Arguments">What it asks for, in an order of its own. Null: not given.</param>
public sealed record ClaimIdCommand(string Id, string By, string Type, IReadOnlyList<string?> Arguments) : ControlCommand(Id, By);

/// <summary>Somebody has the pipeline go on.</summary>
/// <param name="Id"><inheritdoc cref="ControlCommand" path="/param[@name='Id']"/></param>
/// <param name="By">Who decides.</param>
/// <param name="Comment">Why; may be null.</param>
public sealed record ResumeCommand(string Id, string By, string? Comment = null) : ControlCommand(Id, By);
