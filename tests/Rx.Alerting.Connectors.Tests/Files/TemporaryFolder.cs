namespace Rx.Alerting.Connectors.Tests.Files;

internal sealed class TemporaryFolder : IDisposable
{
    internal string Path { get; } = Directory.CreateTempSubdirectory("rx-alerting-").FullName;

    /// <summary>Writes a file and gives its path.</summary>
    internal string File(string name, ReadOnlySpan<byte> content)
    {
        var path = System.IO.Path.Combine(Path, name);
        System.IO.File.WriteAllBytes(path, content.ToArray());
        return path;
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
