using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Which files are read, and how.</summary>
public sealed record FileSourceOptions
{
    /// <summary>The path that stands for the standard input.</summary>
    public const string StandardInputPath = "-";

    /// <summary>The files, each a partition of its own; gzip is told by its first bytes. <c>-</c> is the standard input. At least one.</summary>
    public required IReadOnlyList<string> Paths { get; init; }

    /// <summary>What the records are. Default <see cref="FileFormat.Auto"/>.</summary>
    public FileFormat Format { get; init; } = FileFormat.Auto;

    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>
    /// Records in a batch. 1 to 65,536; default 1024. With more than four files batches become smaller, down to 256, so
    /// that what is read ahead stays bounded; a batch also ends after 8 MiB.
    /// </summary>
    public int BatchViews { get; init; } = 1024;

    /// <summary>Longer records are rejected, in bytes. 64 bytes to 64 MiB; default 1 MiB.</summary>
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>What is read from a file at once, in bytes. 1 byte to 16 MiB; default 128 KiB. Has no influence on the batches.</summary>
    public int BlockBytes { get; init; } = 128 << 10;

    /// <summary>
    /// Threads that read, decode and push. 1 to 64; default the number of processors. With 1 everything runs on one thread;
    /// with more the next batch of every file is decoded while one is consumed.
    /// </summary>
    public int MaximumDegreeOfParallelism { get; init; } = Math.Clamp(Environment.ProcessorCount, 1, 64);

    /// <summary>Opens the standard input.</summary>
    internal Func<Stream> StandardInput { get; init; } = Console.OpenStandardInput;

    /// <summary>Paces the questions to a gate that is closed.</summary>
    internal TimeProvider Clock { get; init; } = TimeProvider.System;

    internal int EffectiveBatchViews => Math.Min(BatchViews, Math.Max(256, BatchViews * 4 / Paths.Count));

    internal IReadOnlyList<string> Validate()
    {
        var faults = new OptionFaults();
        faults.Require(Paths.Count > 0, "Files:Paths", "is empty, must name at least one file");
        faults.Range("Files:BatchViews", BatchViews, 1, 65_536);
        faults.Range("Files:MaximumRecordBytes", MaximumRecordBytes, 64, 64 << 20);
        faults.Range("Files:BlockBytes", BlockBytes, 1, 16 << 20);
        faults.Range("Files:MaximumDegreeOfParallelism", MaximumDegreeOfParallelism, 1, 64);
        AccessLog.Validate(faults);
        faults.Require(!Paths.Contains(string.Empty), "Files:Paths", "has an empty name");
        foreach (var path in Paths.CountBy(path => path).Where(path => path.Value > 1))
            faults.Require(false, path.Key, "is given more than once");
        return faults.All;
    }
}
