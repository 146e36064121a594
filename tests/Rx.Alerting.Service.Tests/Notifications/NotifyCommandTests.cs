using System.Reactive;
using Microsoft.Extensions.Time.Testing;
using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Core.Effects;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Notifications;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Tests.CommandLine;
using Rx.Alerting.Testing.Servers;
using static Rx.Alerting.Testing.Incidents.IncidentSamples;

namespace Rx.Alerting.Service.Tests.Notifications;

/// <summary><c>rx-alerting notify</c>, against a real server and a real store.</summary>
public sealed class NotifyCommandTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task Test_ReceiverThatAnswers_SaysThatBothWereDelivered()
    {
        using var server = new ScriptedHttpServer(_ => new ScriptedAnswer(204));

        var run = await TestAsync("hook", server.Address);

        run.Expect(ExitCode.Success);
        Assert.Equal(["hook, opened: delivered", "hook, closed: delivered"], Lines(run.Output));
        Assert.Equal(2, server.Requests.Count);
    }

    [Fact]
    public async Task Test_ReceiverThatRefuses_SaysWhatItAnswers_WithoutTheAddress()
    {
        using var server = new ScriptedHttpServer(_ => new ScriptedAnswer(403, "no such token"));

        var run = await TestAsync("hook", new Uri(server.Address, "planted-secret"));

        run.Expect(ExitCode.Failed);
        Assert.Equal([$"hook, opened: refused: {server.Address.Authority} answers 403: no such token"], Lines(run.Output));
        Assert.DoesNotContain("planted", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_Mail_SaysWhatTheServerAnswers()
    {
        using var server = new MailServer(password: "planted-secret");

        var run = await TestMailAsync(server.Port, "planted-secret");

        run.Expect(ExitCode.Success);
        Assert.Equal(["mail, opened: delivered: queued as 1", "mail, closed: delivered: queued as 2"], Lines(run.Output));
        Assert.Equal(["ana@example.com", "bo@example.com"], server.Mails[0].Recipients);
    }

    [Theory]
    [InlineData("535 5.7.8 Not planted-secret", "refused: 127.0.0.1:PORT does not accept User and Password: 535: 5.7.8 Not ***")]
    [InlineData("421 4.3.2 Not with planted-secret", "failed, would be tried again: 127.0.0.1:PORT answers 421: 4.3.2 Not with ***")]
    public async Task Test_MailServerThatRefuses_SaysWhatItAnswers_WithoutThePassword(string answer, string said)
    {
        using var server = new ScriptedMailServer(line => line.StartsWith("AUTH", StringComparison.Ordinal) ? answer : null);

        var run = await TestMailAsync(server.Port, "planted-secret");

        run.Expect(ExitCode.Failed);
        Assert.Equal($"mail, opened: {said.Replace("PORT", $"{server.Port}", StringComparison.Ordinal)}", Assert.Single(Lines(run.Output)));
        Assert.DoesNotContain("planted", run.Output + run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Test_UnknownChannel_NamesThoseThatThereAre()
    {
        var run = await TestAsync("hooks", new Uri("http://127.0.0.1:1/"));

        run.Expect(ExitCode.Misused);
        Assert.Contains("there is no channel hooks; there is hook", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_SaysWhatWasNotSentAndWhy()
    {
        var whole = Sample("the-parent") with { ErrorType = "other" };
        await RememberAsync(Sample("alone"), whole, Sample("part") with { ParentId = whole.Id, ErrorType = "other" });

        var all = await ListAsync();
        var notSent = await ListAsync("--not-sent");
        var one = await ListAsync("--incident", "alone");

        Assert.Contains("the-parent", all.Output, StringComparison.Ordinal);
        Assert.Contains("waits", all.Output, StringComparison.Ordinal);
        Assert.Contains("Inhibited", notSent.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("the-parent", one.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_IncidentThatIsToldWithOthers_FindsWhatTellsOfIt()
    {
        await RememberAsync(Sample("first"), Sample("second"), Sample("third"), Sample("alone") with { ErrorType = "other" });

        var run = await ListAsync("--incident", "third");

        run.Expect(ExitCode.Success);
        Assert.Contains("first and 2 more", Words(run.Output), StringComparison.Ordinal);
        Assert.DoesNotContain("alone", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task List_EmptyStore_SaysThatThereIsNothing()
    {
        var run = await ListAsync();

        run.Expect(ExitCode.Success);
        Assert.Equal(["There is nothing."], Lines(run.Output));
    }

    public void Dispose() => folder.Dispose();

    /// <summary>What a cell says: its words may be on lines of their own.</summary>
    private static string Words(string output) => string.Join(' ', output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static string[] Lines(string output) =>
        output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static Task<CommandRun> TestAsync(string channel, Uri address) => CommandRun.OfAsync(
        "notify", "test", channel, "--set", "Channels:hook:Kind=webhook", "--set", $"Channels:hook:Url={address}");

    private async Task<CommandRun> TestMailAsync(int port, string password)
    {
        await File.WriteAllTextAsync(folder["password"], password, TestContext.Current.CancellationToken);
        return await CommandRun.OfAsync(
            "notify", "test", "mail", "--set", "Channels:mail:Kind=mail", "--set", "Channels:mail:Host=127.0.0.1",
            "--set", $"Channels:mail:Port={port}", "--set", "Channels:mail:Security=none", "--set", $"Channels:mail:User={MailServer.User}",
            "--set", $"Channels:mail:PasswordFile={folder["password"]}", "--set", "Channels:mail:From=alerting@example.com",
            "--set", "Channels:mail:To=ana@example.com,bo@example.com");
    }

    private Task<CommandRun> ListAsync(params string[] more) =>
        CommandRun.OfAsync(["notify", "list", "--set", $"Sqlite:Path={folder["state.db"]}", .. more]);

    private async Task RememberAsync(params Incident[] incidents)
    {
        await using var board = new SqliteBoard(new() { Path = folder["state.db"] }, BoardKind.Notifications);
        var target = new NotificationTarget("hook", "test", new Silent());
        var clock = new FakeTimeProvider(Start);
        var channel = new NotificationChannel(
            target, board, new(), clock, Observer.Create<NotificationReport>(_ => { }), (_, _) => Task.FromResult(1L));
        await channel.BeginAsync(new("views", 1, []), CancellationToken.None);
        await channel.DeliverAsync(
            "views", [.. incidents.Select((incident, i) => new ChangeEffect(i + 1, Change(incident)))], CancellationToken.None);
    }

    private sealed class Silent : INotifier
    {
        public NotifierTraits Traits { get; } = new();

        public Task<NotifyResult> NotifyAsync(Core.Notifications.Notification notification, CancellationToken cancel) =>
            throw new InvalidOperationException("Nobody runs the channel.");
    }
}
