namespace Rx.Alerting.Service.Access;

/// <summary>Whether the runtime has the mends that HTTP in the open needs.</summary>
internal static class RuntimeVersion
{
    /// <summary>
    /// The least version of .NET that is not warned about. Earlier ones have known faults, such as smuggled requests (CVE-2025-55315,
    /// mended before 10.0.0). It is the version that the service is tested with.
    /// </summary>
    public static Version Least { get; } = new(10, 0, 12);

    /// <summary>Whether a version is too old.</summary>
    public static bool IsOld(Version version) => version < Least;
}
