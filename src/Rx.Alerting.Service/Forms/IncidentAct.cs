using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.Pages;

namespace Rx.Alerting.Service.Forms;

/// <summary>What somebody can do with an incident on its page. Each has the name of its command.</summary>
public enum IncidentAct
{
    /// <summary>Say that somebody looks after it.</summary>
    Acknowledge,

    /// <summary>Silence its key.</summary>
    Silence,

    /// <summary>Close it.</summary>
    Close,
}

/// <summary>Words and addresses of what can be done with an incident.</summary>
internal static class IncidentActs
{
    public static string Name(this IncidentAct act) => act switch
    {
        IncidentAct.Acknowledge => "acknowledge",
        IncidentAct.Close => "close",
        _ => "silence",
    };

    public static string Words(this IncidentAct act) => act switch
    {
        IncidentAct.Acknowledge => "Acknowledge",
        IncidentAct.Close => "Close",
        _ => "Silence",
    };

    /// <summary>The address of the form, which takes it, too.</summary>
    public static string Address(this IncidentAct act, Incident incident) => $"{PageWords.Address(incident)}/{act.Name()}";

    /// <summary>Which incidents a silence of this one is for, in words.</summary>
    public static string Silenced(Incident incident)
    {
        var error = $"error {IncidentWords.Printable(incident.ErrorType)}";
        var where = incident switch
        {
            { VideoId: not null } => IncidentWords.Subject(incident),
            { PropertyId: not null } => $"property {IncidentWords.Property(incident)} and all its titles",
            _ => "all properties",
        };
        return $"Nobody is told of {error} in {where}.";
    }

    /// <summary>Whether a name of the incident is a pattern for a silence.</summary>
    public static bool HasPattern(Incident incident) =>
        new[] { incident.PropertyId, incident.VideoId, incident.ErrorType }.Any(name => name?.AsSpan().ContainsAny('*', '?') == true);
}
