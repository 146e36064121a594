using System.Globalization;
using System.Xml.Linq;

namespace Rx.Alerting.Service.Access;

/// <summary>A key of data protection, as ASP.NET Core writes it.</summary>
internal static class ProtectionKey
{
    private const string Key = "key", Activation = "activationDate", Expiration = "expirationDate";

    /// <summary>How far the clocks of two processes may be apart, as ASP.NET Core allows for.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    /// <summary>Whether another process has made a key for the same time.</summary>
    /// <param name="element">A new key, or a revocation. A revocation is always needed.</param>
    /// <param name="others">What is stored.</param>
    public static bool IsNeedless(XElement element, IReadOnlyCollection<XElement> others)
    {
        // Which keys a revocation leaves is for ASP.NET Core to say. Somebody has made it by hand: one key more does no harm.
        if (element.Name.LocalName != Key || others.Any(other => other.Name.LocalName != Key))
            return false;
        var from = Date(element, Activation);
        return others.Any(other => Date(other, Activation) <= from + Skew && Date(other, Expiration) > from + Skew);
    }

    /// <summary>Null compares with nothing.</summary>
    private static DateTimeOffset? Date(XElement key, string name) =>
        DateTimeOffset.TryParse(
            key.Element(name)?.Value, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out var date) ? date : null;
}
