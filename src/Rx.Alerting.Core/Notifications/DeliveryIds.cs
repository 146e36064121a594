using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Core.Notifications;

/// <summary>Ids by which receivers know deliveries again.</summary>
internal static class DeliveryIds
{
    /// <summary>
    /// An opening has the same id, whoever tells it: a receiver knows it again even if the store has lost what was told. Any other delivery
    /// has an id of its own, from a version that never comes again. It is remembered until its result is known.
    /// </summary>
    public static string New(string channel, NotificationThread thread, NotificationEvent what, int occurrence)
    {
        var nth = what.IsOpening() ? 0 : thread.Version;
        var text = string.Create(CultureInfo.InvariantCulture, $"{channel}|{thread.Id}|{what}|{occurrence}|{nth}");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
    }
}
