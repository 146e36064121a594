using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Channels;

/// <summary>
/// Which incidents are told to which channels. Routes are looked at in the order of their names, as in <c>Routes:10:Channels=ops</c>. The
/// first that fits holds. Without any route, every channel is told of all incidents. Parts of names may be <c>*</c> and <c>?</c>.
/// </summary>
[OptionSection("Routes:NAME")]
internal sealed record NotificationRouteOptions
{
    /// <summary>Names of channels; <c>*</c> is every channel. Empty: nobody is told.</summary>
    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>The property.</summary>
    public string Property { get; init; } = "*";

    /// <summary>The title, by its id or its text.</summary>
    public string Title { get; init; } = "*";

    /// <summary>The error type.</summary>
    public string ErrorType { get; init; } = "*";

    /// <summary>The least severity.</summary>
    public IncidentSeverity Severity { get; init; }

    /// <summary>What incidents are about; auto is anything.</summary>
    public IncidentLevel? Level { get; init; }

    /// <summary>Whether later routes are looked at, too.</summary>
    public bool Continue { get; init; }

    public NotificationRoute ToRoute() => new(
        [.. Channels.Select(name => name.ToLowerInvariant())], new(Property, Title, ErrorType), Severity, Level, Continue);
}
