using System.Globalization;
using System.Text.Json.Nodes;

namespace Rx.Alerting.Testing.Servers;

/// <summary>
/// Files as Slack takes them: an address is asked for, the file goes there, and the upload is completed. It can be shown a little later.
/// </summary>
public sealed class SlackFiles
{
    internal const string UploadPath = "/upload/v1/";

    private readonly List<(string Id, int Length)> begun = [];
    private readonly Dictionary<string, byte[]> uploaded = new(StringComparer.Ordinal);
    private readonly List<string> completed = [];

    /// <summary>Where files go. A test may lead them elsewhere.</summary>
    public Uri Root { get; set; } = new("http://127.0.0.1/");

    /// <summary>So many messages with a file are refused before the file can be shown.</summary>
    public int Delay { get; set; }

    /// <summary>Completed files, the oldest first.</summary>
    public IReadOnlyList<(string Id, byte[] Content)> All => [.. completed.Select(id => (id, uploaded[id]))];

    /// <summary>Somebody deletes a file.</summary>
    public void Delete(string id) => completed.Remove(id);

    internal JsonObject Begin(Dictionary<string, string> arguments)
    {
        if (!arguments.ContainsKey("filename") || !int.TryParse(arguments.GetValueOrDefault("length"), out var length))
            return SlackChannel.Error("invalid_arguments");
        var id = string.Create(CultureInfo.InvariantCulture, $"F{begun.Count + 1:D10}");
        begun.Add((id, length));
        return new() { ["ok"] = true, ["upload_url"] = $"{Root}{UploadPath[1..]}{id}", ["file_id"] = id };
    }

    /// <summary>Takes what is uploaded. Whoever knows the address may do that, so the token is not to be sent.</summary>
    internal ScriptedAnswer Take(ScriptedRequest request)
    {
        var id = request.Path[UploadPath.Length..];
        if (request.Headers.ContainsKey("Authorization") || !begun.Contains((id, request.Content.Count)))
            return new(400, "no such upload, or of another length");
        uploaded[id] = [.. request.Content];
        return new(200, $"OK - {request.Content.Count}");
    }

    internal JsonObject End(JsonObject arguments)
    {
        foreach (var id in arguments["files"]!.AsArray().Select(file => file!["id"]!.GetValue<string>()))
        {
            if (!uploaded.ContainsKey(id))
                return SlackChannel.Error("file_not_found");
            completed.Add(id);
        }

        return new() { ["ok"] = true };
    }

    internal bool CanShow(JsonObject block)
    {
        if (block["slack_file"]?["id"]?.GetValue<string>() is not { } id || !completed.Contains(id) || block["alt_text"] is null)
            return false;
        if (Delay == 0)
            return true;
        Delay--;
        return false;
    }
}
