using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Rx.Alerting.Connectors.Charts;
using Rx.Alerting.Connectors.Http;
using Rx.Alerting.Core.Notifications;

namespace Rx.Alerting.Connectors.Slack;

/// <summary>Shows pictures of the error rate in messages that are there: one when there is a course, and one at the end.</summary>
/// <remarks>
/// A picture is uploaded without a channel, so only the message shows it. Slack takes uploads in later than it says, and refuses a message
/// with a picture that it does not know yet. Then the message is edited once more, or has the picture with its next edit.
/// </remarks>
internal sealed class SlackPictures(HttpReceiver receiver, SlackApi api, SlackOptions options, TimeProvider clock, ILogger log)
{
    private const int Attempts = 3;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private readonly Uri root = new(options.ApiUrl);
    private bool isWithoutScope;
    private bool isFailing;

    /// <summary>Shows a picture. Does not fail: people have been told already.</summary>
    /// <returns>The message, with the picture that it has, or will have; and why it does not show one.</returns>
    /// <exception cref="OperationCanceledException">
    /// It was cancelled. An edit that is on its way is waited for, or it might come behind the next one.
    /// </exception>
    public async Task<(SlackPlace Place, string? Problem)> ShowAsync(Notification notification, SlackPlace place, CancellationToken cancel)
    {
        if (RatePicture.TryDraw(notification.Incident, log) is not { } picture)
            return (place, null);
        string? problem;
        using var limit = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancel);
        try
        {
            (var file, problem) = await UploadAsync(picture, either.Token);
            if (file is not null)
            {
                place = place with { Picture = file };
                problem = await EditAsync(notification, place, limit.Token, cancel);
            }
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            problem = "Slack does not take it in time";
        }

        Report(problem);
        return (place, problem);
    }

    /// <summary>Whether it is time for a picture.</summary>
    public bool IsDue(Notification notification, SlackPlace place) => options.Picture && !isWithoutScope
        && Sparkline.Of(notification.Incident) is not null
        && (place.Picture is null || notification.Event is NotificationEvent.Closed or NotificationEvent.Expired);

    /// <returns>The file's id, or what the problem is.</returns>
    private async Task<(string? File, string? Problem)> UploadAsync(byte[] picture, CancellationToken cancel)
    {
        var length = picture.Length.ToString(CultureInfo.InvariantCulture);
        var place = await api.WriteFormAsync(
            "files.getUploadURLExternal", [new("filename", "error-rate.png"), new("length", length)], cancel);
        isWithoutScope = place.Error == "missing_scope";
        if (place.Failure is { } noPlace)
            return (null, Problem(noPlace));
        if (SlackApi.Text(place.Content!["file_id"]) is not { } file || AddressOf(place.Content) is not { } address)
            return (null, "Slack's files.getUploadURLExternal does not name a file, or an address of Slack");
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(picture) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("image/png");
        var upload = await receiver.SendAsync(request, cancel);
        if (upload.Failure is not null)
            return (null, $"{address.Host} does not take the file ({(int?)upload.Status ?? 0})"); // The address itself is a secret.
        var end = await api.WriteAsync(
            "files.completeUploadExternal",
            new() { ["files"] = new JsonArray(new JsonObject { ["id"] = file, ["title"] = "Error rate" }) },
            cancel);
        return end.Failure is { } notTaken ? (null, Problem(notTaken)) : (file, null);
    }

    /// <summary>
    /// Where the file goes. Null: not to Slack. An answer must not lead files of this machine to another one, so the host must be Slack's,
    /// or the one that is configured as Slack's.
    /// </summary>
    private Uri? AddressOf(JsonObject content)
    {
        if (!Uri.TryCreate(SlackApi.Text(content["upload_url"]), UriKind.Absolute, out var address))
            return null;
        var isSlacks = address.Scheme == Uri.UriSchemeHttps && (address.Host == "slack.com" || address.Host.EndsWith(".slack.com"));
        return isSlacks || (address.Scheme == root.Scheme && address.Authority == root.Authority) ? address : null;
    }

    /// <returns>What the problem is. Null: the message shows the picture.</returns>
    private async Task<string?> EditAsync(
        Notification notification, SlackPlace place, CancellationToken limit, CancellationToken cancel)
    {
        for (var attempt = 1; ; attempt++)
        {
            var answer = await api.WriteAsync("chat.update", SlackMessage.Edit(notification, place), limit);
            if (!answer.IsInvalid || attempt == Attempts)
                return answer.Failure is { } failure ? Problem(failure) : null;
            cancel.ThrowIfCancellationRequested();
            await Task.Delay(Pause, clock, cancel); // Slack does not know the picture yet.
        }
    }

    /// <summary>A problem is said once, until there is none.</summary>
    private void Report(string? problem)
    {
        if (problem is not null && !isFailing)
            SlackLog.NoPicture(log, problem);
        else if (problem is null && isFailing)
            SlackLog.PicturesAreBack(log);
        isFailing = problem is not null;
    }

    private static string Problem(NotifyResult failure) => failure switch
    {
        NotifyResult.Refused refused => refused.Problem,
        NotifyResult.Later later => later.Problem,
        _ => "",
    };
}
