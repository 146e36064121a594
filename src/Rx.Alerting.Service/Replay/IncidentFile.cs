using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Replay;

/// <summary>Writes every change of an incident as a line of JSON, in the order of the changes.</summary>
internal sealed class IncidentFile : IDisposable
{
    private readonly Stream stream;

    private IncidentFile(Stream stream) => this.stream = stream;

    /// <summary>Opens the file of the request. Null if the request has none.</summary>
    /// <exception cref="MisusedException">The file is one of the files to be read.</exception>
    /// <exception cref="CommandFailedException">The file cannot be written.</exception>
    public static IncidentFile? Open(ReplayRequest request, CommandHost host)
    {
        if (request.Out is not { } path)
            return null;
        if (request.WritesToStandardOutput)
            return new IncidentFile(new BufferedStream(host.OpenOutput()));

        try
        {
            if (Directory.Exists(path))
                throw new CommandFailedException($"--out {path}: is a folder");
            if (HasContent(path) && IsInUse(path))
                throw new MisusedException($"--out {path}: is also to be read, or in use elsewhere");
            return new IncidentFile(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--out {path}: {refused.Message}", refused);
        }
    }

    /// <summary>
    /// Whether there is a file with content. Devices and pipes have none. They must not be opened: that may block, or disturb their
    /// readers.
    /// </summary>
    private static bool HasContent(string path) => new FileInfo(path) is { Exists: true } file
        && (file.ResolveLinkTarget(returnFinalTarget: true) ?? file) is FileInfo { Exists: true, Length: > 0 };

    /// <summary>
    /// Whether the file is locked. The files to be read are open already, and a lock holds for all names and links of a file.
    /// </summary>
    private static bool IsInUse(string path)
    {
        try
        {
            using var exclusive = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None);
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    public void Write(Incident incident)
    {
        JsonSerializer.Serialize(stream, incident, IncidentJson.Readable.Incident);
        stream.WriteByte((byte)'\n');
    }

    public void Dispose() => stream.Dispose();
}
