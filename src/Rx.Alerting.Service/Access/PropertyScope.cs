using Rx.Alerting.Core.Incidents;

namespace Rx.Alerting.Service.Access;

/// <summary>Whose incidents somebody may see. An incident of the whole platform is seen with <see cref="All"/> only.</summary>
internal sealed class PropertyScope
{
    private readonly HashSet<string>? properties;

    private PropertyScope(IEnumerable<string>? properties) => this.properties = properties?.ToHashSet(StringComparer.Ordinal);

    /// <summary>Every property, and the platform.</summary>
    public static PropertyScope All { get; } = new(null);

    public bool IsAll => properties is null;

    /// <param name="properties">Exact names. Empty: all properties.</param>
    public static PropertyScope Of(IReadOnlyCollection<string> properties) => properties.Count == 0 ? All : new(properties);

    public bool Has(string property) => properties?.Contains(property) ?? true;

    public bool Sees(Incident incident) => IsAll || (incident.PropertyId is { } property && Has(property));
}
