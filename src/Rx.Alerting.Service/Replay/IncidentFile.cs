using System.Text.Json;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Service.CommandLine;

namespace Rx.Alerting.Service.Replay;

/// <summary>The states of incidents as lines of JSON, in the order in which they came.</summary>
internal sealed class IncidentFile : IDisposable
{
    private readonly Stream stream;

    private IncidentFile(Stream stream) => this.stream = stream;

    /// <summary>Null where nothing is to be written.</summary>
    /// <exception cref="MisusedException">The file is one of those to be read.</exception>
    /// <exception cref="CommandFailedException">The file cannot be written.</exception>
    public static IncidentFile? Open(ReplayRequest request, Surroundings surroundings)
    {
        if (request.Out is not { } path)
            return null;
        if (request.WritesToStandardOutput)
            return new IncidentFile(new BufferedStream(surroundings.OpenOutput()));
        if (request.Paths.Any(input => Path.GetFullPath(input) == Path.GetFullPath(path)))
            throw new MisusedException($"--out {path}: is also to be read");

        try
        {
            return new IncidentFile(new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"--out {path}: {refused.Message}", refused);
        }
    }

    public void Write(Incident incident)
    {
        JsonSerializer.Serialize(stream, incident, IncidentJson.Readable.Incident);
        stream.WriteByte((byte)'\n');
    }

    public void Dispose() => stream.Dispose();
}
