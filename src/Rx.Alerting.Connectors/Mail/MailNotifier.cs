using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using MimeKit;
using Polly;
using Polly.CircuitBreaker;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Connectors.Receivers;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Mail;

/// <summary>Tells people by e-mail: a mail for everything that they are to look at, in one thread for each incident.</summary>
/// <remarks>
/// Threads need no memory: what mails answer to follows from the incident. Only the subject is kept, since a title may get another name
/// while its incident is open. A mail cannot be looked for at the server, so after a crash it is sent once more at most, with the same id.
/// </remarks>
public sealed class MailNotifier : INotifier
{
    private readonly MailOptions options;
    private readonly MailMessage writer;
    private readonly MailTransport transport;
    private readonly ILogger log;
    private readonly ResiliencePipeline<MailAnswer> breaker;

    /// <param name="options">Without faults.</param>
    /// <param name="clock">Dates mails, and times the circuit breaker.</param>
    /// <param name="logger">Told of recipients whom the server refuses while it takes others.</param>
    public MailNotifier(MailOptions options, TimeProvider clock, ILogger? logger = null)
    {
        (this.options, log) = (options, logger ?? NullLogger.Instance);
        (writer, transport) = (new(options, clock), new(options, clock));
        breaker = ReceiverCircuit.Of<MailAnswer>(answer => answer.Failure is NotifyResult.Later, clock);
    }

    /// <inheritdoc/>
    public NotifierTraits Traits { get; } = new() { WantsAcknowledgements = true, Pace = TimeSpan.FromSeconds(1) };

    /// <inheritdoc/>
    public async Task<NotifyResult> NotifyAsync(Notification notification, CancellationToken cancel)
    {
        var subject = notification.Reference ?? MailMessage.SubjectOf(notification.Incident);
        var picture = options.Picture ? RatePicture.TryDraw(notification.Incident, log) : null;
        try
        {
            var answer = await SendAsync(picture);
            if (answer.IsTooLarge && picture is not null)
                answer = await SendAsync(null); // Not every server says beforehand how large a mail may be.
            if (answer is not { Receipt: { } receipt })
                return answer.Failure!;
            if (receipt.Refused is { } refused)
                MailLog.RecipientsRefused(log, options.Server, refused);
            return new NotifyResult.Delivered(
                subject, receipt.Refused is null ? receipt.Said : $"not for {receipt.Refused}; for the others {receipt.Said}");
        }
        catch (BrokenCircuitException open)
        {
            return ReceiverCircuit.LeftAlone(options.Server, open);
        }

        async Task<MailAnswer> SendAsync(byte[]? shown) => await breaker.ExecuteAsync(
            async token => await transport.SendAsync(maximum => Write(notification, subject, shown, maximum), token), cancel);
    }

    /// <summary>Where the mail would be too large for the server, it has no picture.</summary>
    private MimeMessage Write(Notification notification, string subject, byte[]? picture, long maximum)
    {
        var message = writer.Of(notification, subject, picture);
        if (maximum == 0 || picture is null)
            return message;
        using var size = new MimeKit.IO.MeasuringStream();
        message.WriteTo(size);
        if (size.Length <= maximum)
            return message;
        message.Dispose();
        return writer.Of(notification, subject, null);
    }
}
