using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// A small SMTP server on a free loopback port. A test says what it answers, and how it fails. Without a script it takes every mail.
/// </summary>
public sealed class ScriptedMailServer : IDisposable
{
    /// <summary>The connection is closed instead of an answer.</summary>
    public const string Cut = "cut";

    /// <summary>There is no answer.</summary>
    public const string Hang = "hang";

    /// <summary>What the script is asked when a client has connected.</summary>
    public const string Greeting = "greeting";

    /// <summary>What the script is asked at the end of a mail.</summary>
    public const string End = ".";

    private readonly Func<string, string?> script;
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentQueue<string> commands = new();
    private readonly ConcurrentQueue<string> mails = new();
    private readonly SemaphoreSlim hanging = new(0);

    /// <param name="script">What is answered to a line; null: what a server usually answers.</param>
    public ScriptedMailServer(Func<string, string?> script)
    {
        this.script = script;
        listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>All lines of all clients, without those of mails.</summary>
    public IReadOnlyList<string> Commands => [.. commands];

    /// <summary>Mails that came as a whole, whatever was answered.</summary>
    public IReadOnlyList<string> Mails => [.. mails];

    /// <summary>Waits until a client waits in vain.</summary>
    public Task HangAsync(CancellationToken cancel) => hanging.WaitAsync(cancel);

    public void Dispose()
    {
        stop.Cancel();
        listener.Dispose();
        stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await listener.AcceptTcpClientAsync(stop.Token));
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient connection)
    {
        try
        {
            using (connection)
            using (var reader = new StreamReader(connection.GetStream(), Encoding.Latin1))
            {
                var line = Greeting;
                do
                {
                    commands.Enqueue(line);
                    var answer = script(line) ?? Usual(line);
                    if (answer == Hang)
                    {
                        hanging.Release();
                        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, stop.Token);
                    }

                    if (answer == Cut)
                        return;
                    await connection.GetStream().WriteAsync(Encoding.Latin1.GetBytes($"{answer}\r\n"), stop.Token);
                    if (line == "QUIT")
                        return;
                    var isMail = answer.StartsWith("354", StringComparison.Ordinal);
                    line = isMail ? await MailAsync(reader) : await reader.ReadLineAsync(stop.Token);
                }
                while (line is not null);
            }
        }
        catch (Exception end) when (end is IOException or OperationCanceledException or ObjectDisposedException)
        {
            // The client has gone.
        }
    }

    /// <returns>The end of the mail; null: the client has gone before.</returns>
    private async Task<string?> MailAsync(StreamReader reader)
    {
        var mail = new StringBuilder();
        while (await reader.ReadLineAsync(stop.Token) is { } line)
        {
            if (line == End)
            {
                mails.Enqueue(mail.ToString());
                return End;
            }

            mail.AppendLine(line);
        }

        return null;
    }

    private static string Usual(string line) => line.Split(' ', ':')[0].ToUpperInvariant() switch
    {
        "GREETING" => "220 localhost ESMTP",
        "EHLO" => "250-localhost\r\n250-AUTH PLAIN\r\n250 8BITMIME",
        "AUTH" => "235 2.7.0 Welcome",
        "DATA" => "354 Go on",
        "QUIT" => "221 Bye",
        End => "250 2.0.0 Ok: queued as 4711",
        _ => "250 Ok",
    };
}
