using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rx.Alerting.Core.Dumps;

/// <summary>What a pipeline had counted at the cut.</summary>
public sealed record DumpCounters(long Views, long Errors, long Late, long Rejected);

/// <summary>What a command has asked for.</summary>
/// <param name="CommandId">The command.</param>
/// <param name="Type">Its type.</param>
/// <param name="By">Who has sent it.</param>
/// <param name="Filter">Which rows.</param>
/// <param name="All">Of incidents: whether closed ones are there, too.</param>
public sealed record DumpOrder(string CommandId, string Type, string By, DumpFilter Filter, bool All)
{
    internal static DumpOrder Of(DumpRequest request) => new(request.CommandId, request.Type, request.By, request.Filter, request.All);

    /// <summary>Whether both are the same but for who has sent them.</summary>
    internal bool IsSameAs(DumpOrder other) => this with { By = other.By } == other;
}

/// <summary>A part of a dump, of one pipeline. Written last: a part without a manifest is not whole.</summary>
public sealed record DumpManifest
{
    public required DumpOrder Order { get; init; }

    public required string Pipeline { get; init; }

    /// <summary>The number of the commit whose state was dumped.</summary>
    public required long Commit { get; init; }

    public required DateTimeOffset CommittedAt { get; init; }

    /// <summary>
    /// Event time up to which views were decided. Later views are in the counters, and not in the rows. Null: no view yet.
    /// </summary>
    public required DateTimeOffset? Watermark { get; init; }

    /// <summary>Where each partition is read on. All views before are counted.</summary>
    public required IReadOnlyDictionary<string, string> Positions { get; init; }

    public required DumpCounters Counters { get; init; }

    /// <summary>The file with the rows, beside the manifest.</summary>
    public required string File { get; init; }

    public required long Rows { get; init; }

    /// <summary>Length of the file.</summary>
    public required long Bytes { get; init; }

    /// <summary>Of the file, in hexadecimal digits.</summary>
    public required string Sha256 { get; init; }
}

/// <summary>The parts of a dump.</summary>
/// <param name="Order">What was asked for.</param>
/// <param name="Parts">The manifests of the parts that are whole, from the folder of the command on.</param>
public sealed record CommandManifest(DumpOrder Order, IReadOnlyList<string> Parts);

/// <summary>How manifests are written as JSON: snake case, nulls kept, readable letters.</summary>
[JsonSourceGenerationOptions]
[JsonSerializable(typeof(DumpManifest))]
[JsonSerializable(typeof(CommandManifest))]
internal sealed partial class DumpJson : JsonSerializerContext
{
    public static DumpJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    });
}
