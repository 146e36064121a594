using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rx.Alerting.Core.Dumps;

/// <summary>Finds and writes the manifests of dumps at a target. Several processes may do that at once.</summary>
/// <remarks>
/// <list type="bullet">
/// <item>The folder of a command has the name of its id. So all processes write to the same folder, whenever they do it.</item>
/// <item>After each part, the command's manifest is written anew from the parts that are there. It is written until a look at the parts
/// afterwards finds the same ones. So the manifest names all parts in the end: whoever writes last has looked after that.</item>
/// </list>
/// </remarks>
internal sealed class DumpCatalogue(IDumpTarget target)
{
    /// <summary>The part of a pipeline. Null if it is not whole.</summary>
    /// <exception cref="DumpRefusedException">There is a command with the id and other arguments.</exception>
    public async Task<DumpManifest?> FindAsync(string folder, string pipeline, DumpRequest request, CancellationToken cancel)
    {
        await ThrowIfOtherAsync(folder, request, cancel);
        var found = await ReadAsync(ManifestOf(DumpNames.Pipeline(folder, pipeline)), DumpJson.Readable.DumpManifest, cancel);
        if (found is not null)
            ThrowIfOther(found.Order, request);
        return found;
    }

    /// <summary>Writes the manifest of a part that is whole.</summary>
    public Task AddAsync(string folder, DumpManifest part, CancellationToken cancel) =>
        WriteAsync(ManifestOf(DumpNames.Pipeline(folder, part.Pipeline)), part, DumpJson.Readable.DumpManifest, cancel);

    /// <summary>Has the command's manifest name all parts that are there.</summary>
    /// <inheritdoc cref="FindAsync" path="/exception"/>
    public async Task NamePartsAsync(string folder, DumpRequest request, CancellationToken cancel)
    {
        await ThrowIfOtherAsync(folder, request, cancel);
        var parts = await PartsAsync(folder, cancel);
        while (true)
        {
            var manifest = new CommandManifest(DumpOrder.Of(request), parts);
            await WriteAsync(ManifestOf(folder), manifest, DumpJson.Readable.CommandManifest, cancel);
            var after = await PartsAsync(folder, cancel);
            if (after.SequenceEqual(parts, StringComparer.Ordinal))
                return;
            parts = after;
        }
    }

    private static string ManifestOf(string folder) => $"{folder}/{DumpNames.Manifest}";

    private async Task<IReadOnlyList<string>> PartsAsync(string folder, CancellationToken cancel)
    {
        var files = await target.ListAsync(folder, cancel);
        return
        [
            .. from file in files
               let name = file[(folder.Length + 1)..]
               where name != DumpNames.Manifest && name.EndsWith($"/{DumpNames.Manifest}", StringComparison.Ordinal)
               select name,
        ];
    }

    private async Task<T?> ReadAsync<T>(string key, JsonTypeInfo<T> type, CancellationToken cancel)
        where T : class
    {
        if (await target.ReadAsync(key, cancel) is not { } content)
            return null;
        try
        {
            return JsonSerializer.Deserialize(content, type) ?? throw new JsonException("it is null");
        }
        catch (JsonException damage)
        {
            throw new DumpRefusedException($"{target.Locate(key)} is no manifest of a dump: {damage.Message}");
        }
    }

    private async Task WriteAsync<T>(string key, T value, JsonTypeInfo<T> type, CancellationToken cancel)
    {
        using var content = new MemoryStream(JsonSerializer.SerializeToUtf8Bytes(value, type));
        await target.WriteAsync(key, content, cancel);
    }

    private async Task ThrowIfOtherAsync(string folder, DumpRequest request, CancellationToken cancel)
    {
        if (await ReadAsync(ManifestOf(folder), DumpJson.Readable.CommandManifest, cancel) is { } found)
            ThrowIfOther(found.Order, request);
    }

    private static void ThrowIfOther(DumpOrder found, DumpRequest request)
    {
        if (!found.IsSameAs(DumpOrder.Of(request)))
        {
            throw new DumpRefusedException(
                $"command {request.CommandId} was sent before, by {found.By}, as {found.Type} with other arguments; take another id");
        }
    }
}
