namespace Rx.Alerting.Service.Access;

/// <summary>What somebody may do over HTTP. Each role may do what those before it may.</summary>
internal enum AccessRole
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>Read.</summary>
    Reader,

    /// <summary>Decide about incidents: acknowledge, close, silence.</summary>
    Operator,

    /// <summary>Decide about the service: options, pauses, dumps, what is forgotten.</summary>
    Admin,
}
