using System.Reflection;

namespace Rx.Alerting.Service.Metrics;

/// <summary>What was built: <c>1.2.3+revision</c>, if the build knew its revision.</summary>
internal static class BuildVersion
{
    private static readonly string[] Parts = (typeof(BuildVersion).Assembly
        .GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? string.Empty).Split('+', 2);

    public static string Number => Parts[0];

    /// <summary>Empty if it is not known.</summary>
    public static string Revision => Parts.Length > 1 ? Parts[1] : string.Empty;
}
