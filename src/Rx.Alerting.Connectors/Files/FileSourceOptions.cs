using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Which files are read, and how.</summary>
[OptionSection("Files")]
public sealed record FileSourceOptions : IValidatableObject
{
    /// <summary>The path that stands for the standard input.</summary>
    public const string StandardInputPath = "-";

    /// <summary>The files, each a partition of its own. Gzip is told by its first bytes. <c>-</c> is the standard input.</summary>
    [MinLength(1, ErrorMessage = "is empty, must name at least one file")]
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>The format of the records. Null: the first bytes of each file tell.</summary>
    public RecordFormat? Format { get; init; }

    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>
    /// Records in a batch. With more than four files batches become smaller, down to 256, so that the records that are read ahead stay
    /// bounded. A batch also ends after 8 MiB.
    /// </summary>
    [Range(1, 65_536)]
    public int BatchViews { get; init; } = 1024;

    /// <summary>The longest record, in bytes. A longer record is rejected.</summary>
    [Range(64, 64 << 20)]
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>One in so many views that succeeded keeps its circumstances. A power of two; 1: every view does.</summary>
    [Range(1, 1 << 20)]
    public int SampleEvery { get; init; } = CircumstanceSample.Every;

    /// <summary>Names of fields that are no dimensions, and are read, too (<see cref="ViewBatch.Further"/>).</summary>
    public IReadOnlyList<string> FurtherFields { get; init; } = [];

    /// <summary>Bytes that are read from a file at once. They have no influence on the batches.</summary>
    [Range(1, 16 << 20)]
    public int BlockBytes { get; init; } = 128 << 10;

    /// <summary>
    /// Threads that read, decode and push. With 1, everything runs on one thread. With more, the next batch of every file is decoded
    /// while another batch is consumed.
    /// </summary>
    [Range(1, 64)]
    public int MaximumDegreeOfParallelism { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Opens the standard input.</summary>
    internal Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Paces the questions to a gate that is closed.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal int EffectiveBatchViews => Math.Min(BatchViews, Math.Max(256, BatchViews * 4 / Paths.Count));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Paths.Contains(string.Empty))
            yield return new("has an empty name", [nameof(Paths)]);
        if (!int.IsPow2(SampleEvery))
            yield return new($"is {SampleEvery}, must be a power of two", [nameof(SampleEvery)]);
        foreach (var path in Paths.CountBy(path => path).Where(path => path.Value > 1))
            yield return new($"has {path.Key} more than once", [nameof(Paths)]);
    }
}
