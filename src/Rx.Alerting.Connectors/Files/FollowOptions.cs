using System.ComponentModel.DataAnnotations;
using Microsoft.Win32.SafeHandles;
using Rx.Alerting.Connectors.Files.Following;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Positions;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Which growing files are read, and how.</summary>
[OptionSection("Follow")]
public sealed record FollowOptions : IValidatableObject
{
    /// <summary>
    /// Files and folders, separated by commas. A file need not exist yet. Of a folder, all files are followed, also files that come
    /// later. A path is a folder if it ends in <c>/</c>, or if there is a folder when reading begins, or was before. The last part of a
    /// path may have wildcards: <c>*</c>, <c>?</c>, <c>[a-z]</c>. A file with several names is read once. A log's rotated file should
    /// have the log's name and a number or time in its name. Other rotated files in a folder are remembered, the latest 256 of a log, so
    /// that they are not read again.
    /// </summary>
    [MinLength(1, ErrorMessage = "is empty, must name at least one file or folder")]
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>The format of the records. <c>auto</c>: the first whole record of each log tells.</summary>
    public RecordFormat? Format { get; init; }

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>
    /// Where to start without a checkpoint. <c>beginning</c>: with the first record of each log's current file. <c>earliest</c> (or
    /// <c>oldest</c>): with the oldest file that the log was rotated to. <c>latest</c> (or <c>end</c>): with the next record that comes.
    /// A log that appears later is read from its beginning.
    /// </summary>
    [AllowedValues(StartAt.Beginning, StartAt.Earliest, StartAt.Latest)]
    public StartAt StartAt { get; init; } = StartAt.Beginning;

    /// <summary>
    /// What to do when the rest of a file is gone that was being read, or when the next file is compressed in a way that cannot be read:
    /// fail, or skip it, log and count.
    /// </summary>
    public OnGap OnGap { get; init; } = OnGap.Fail;

    /// <summary>How often to look at a file that has been read to its end.</summary>
    [TimeRange("10ms", "1m")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often to look for new files in folders.</summary>
    [TimeRange("10ms", "1h")]
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A file that has not grown for so long is idle: event time goes on without it. Should be longer than a writer keeps records in its
    /// buffer.
    /// </summary>
    [TimeRange("0s", "1h")]
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A rotated file that has not grown for so long is left for the next file. Writers may need a while to change over.
    /// </summary>
    [TimeRange("0s", "10m")]
    public TimeSpan RotationWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Files that are followed at the same time; each is kept open. Further files of a folder wait until others are gone, and event time
    /// goes on without them.
    /// </summary>
    [Range(1, 65_536)]
    public int MaximumFiles { get; init; } = 1024;

    /// <summary>Records in a batch. A batch also ends after 8 MiB.</summary>
    [Range(1, 65_536)]
    public int BatchViews { get; init; } = 1024;

    /// <summary>The longest record, in bytes. A longer record is rejected.</summary>
    [Range(64, 64 << 20)]
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>Whether a file keeps its number when it is renamed. Where it does not, its first bytes tell which file it is.</summary>
    internal bool HasInodes { get; init; } = OperatingSystem.IsLinux();

    /// <summary>Opens a file for reading.</summary>
    internal Func<string, SafeFileHandle> OpenFile { get; init; } =
        path => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var fault in PathFaults())
            yield return new(fault, [nameof(Paths)]);
        if (StartAt == StartAt.Latest && Format is { } format && Enum.IsDefined(format) && !RecordFormats.Of(format).IsText)
        {
            yield return new(
                $"cannot be {OptionText.Of(StartAt)} with {OptionText.Of(format)}, as nothing tells where records begin in the middle",
                [nameof(StartAt)]);
        }
    }

    private IEnumerable<string> PathFaults()
    {
        if (Paths.Contains(string.Empty))
            yield return "has an empty name";
        if (Paths.Contains(FileSourceOptions.StandardInputPath))
            yield return "has -, but the standard input cannot be followed; give it to replay";
        foreach (var path in Paths.CountBy(path => path).Where(path => path.Value > 1))
            yield return $"has {path.Key} more than once";
        foreach (var path in Paths.Where(path => FilePattern.WhyNot(path) is not null))
            yield return $"has {path}, {FilePattern.WhyNot(path)}";
        foreach (var path in Paths.Where(RotationName.IsCompressed))
            yield return $"has {path}, but compressed files do not grow; read them with replay";
    }
}
