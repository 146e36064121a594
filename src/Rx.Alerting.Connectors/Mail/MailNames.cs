using System.Security.Cryptography;
using System.Text;
using MimeKit;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>The ids by which mail programs know mails and threads. They follow from what they name, so nothing is remembered.</summary>
internal sealed class MailNames(MailboxAddress from)
{
    /// <summary>In ASCII, whatever the address is written in.</summary>
    private readonly string domain = MailboxAddress.EncodeAddrspec(from.Address).Split('@')[^1];

    /// <summary>The id of a mail. A mail that is sent again has the same one, so many servers drop the second.</summary>
    public string OfDelivery(string deliveryId) => $"{Hash(deliveryId)}.notification@{domain}";

    /// <summary>What all mails of an incident answer to. There is no such mail; mail programs group by it all the same.</summary>
    public string OfThread(string threadId) => $"{Hash(threadId)}.incident@{domain}";

    /// <summary>The id of the picture in a mail.</summary>
    public string OfPicture(string deliveryId) => $"{Hash(deliveryId)}.picture@{domain}";

    /// <summary>What mails are sorted by (RFC 2919).</summary>
    public string List => $"Rx.Alerting <rx-alerting.{domain}>";

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 16));
}
