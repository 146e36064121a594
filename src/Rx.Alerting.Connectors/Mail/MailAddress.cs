using MimeKit;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>Addresses of people, as options have them.</summary>
internal static class MailAddress
{
    /// <summary>
    /// Null: it is no address, or one without a domain. The domain is in ASCII, so that every server takes it.
    /// </summary>
    public static MailboxAddress? Parse(string text)
    {
        if (text.Any(char.IsControl) || !MailboxAddress.TryParse(text, out var address))
            return null;
        return address.LocalPart.Length > 0 && address.Domain.Length > 0
            ? new(address.Name, MailboxAddress.EncodeAddrspec(address.Address))
            : null;
    }
}
