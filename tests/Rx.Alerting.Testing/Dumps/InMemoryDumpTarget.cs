using System.Collections.Concurrent;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Testing.Dumps;

/// <summary>A target of dumps in memory. A test decides what happens before and after each call.</summary>
public sealed class InMemoryDumpTarget : IDumpTarget
{
    private readonly ConcurrentDictionary<string, byte[]> files = new(StringComparer.Ordinal);

    /// <summary>Called before each call takes effect, with what it does and the key.</summary>
    public Func<string, string, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>The keys of all files, in ordinal order.</summary>
    public IReadOnlyList<string> Keys => [.. files.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Takes a file away.</summary>
    public void Remove(string key) => files.Remove(key, out _);

    /// <summary>Puts a file there.</summary>
    public void Put(string key, string content) => files[key] = Encoding.UTF8.GetBytes(content);

    /// <summary>A file as JSON.</summary>
    public JsonElement Json(string key) => JsonDocument.Parse(files[key]).RootElement;

    public byte[] Bytes(string key) => files[key];

    /// <summary>The lines of a compressed file.</summary>
    public IReadOnlyList<string> Lines(string key)
    {
#pragma warning disable RS0030 // What is cut off or damaged shows in the lines.
        using var reader = new StreamReader(new GZipStream(new MemoryStream(files[key]), CompressionMode.Decompress), Encoding.UTF8);
#pragma warning restore RS0030
        var text = reader.ReadToEnd();
        return text.Length == 0 ? [] : text[..^1].Split('\n');
    }

    public string Locate(string key) => $"memory:{key}";

    public async Task WriteAsync(string key, Stream content, CancellationToken cancel)
    {
        content.Position = 0;
        using var copy = new MemoryStream();
        await content.CopyToAsync(copy, cancel);
        await Before("write", key);
        files[key] = copy.ToArray();
    }

    public async Task<byte[]?> ReadAsync(string key, CancellationToken cancel)
    {
        await Before("read", key);
        return files.GetValueOrDefault(key);
    }

    public async Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel)
    {
        await Before("list", folder);
        return [.. Keys.Where(key => key.StartsWith($"{folder}/", StringComparison.Ordinal))];
    }
}
