using Microsoft.Win32.SafeHandles;
using Rx.Alerting.Core.Options;
using Rx.Alerting.Core.Views.AccessLog;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Section <c>Follow</c>: which growing files are read, and how.</summary>
public sealed record FollowOptions
{
    /// <summary>
    /// Files, which need not exist yet, and folders, whose files are followed, also those that come later. A path that ends in <c>/</c>
    /// is a folder; another one is if there is a folder when reading begins, or was before. The last part may have wildcards (<c>*</c>, <c>?</c>, <c>[a-z]</c>). At least one. A file that
    /// is there under several names is read once. Files that a log is rotated to should have its name and a number or
    /// time in theirs; others, in a folder, are remembered, the latest 256 of a log, so that they are not read again.
    /// </summary>
    public IReadOnlyList<string> Paths { get; init; } = [];

    /// <summary>What the records are: mux-json, mux-protobuf, access-log, or auto, told from the first whole record of each. Default <see cref="FileFormat.Auto"/>.</summary>
    public FileFormat Format { get; init; } = FileFormat.Auto;

    /// <summary>How access logs are read; section <c>AccessLog</c>.</summary>
    public AccessLogOptions AccessLog { get; init; } = new();

    /// <summary>Where to start without a checkpoint: the beginning of the file, the oldest file that it was rotated to, or the end. Default <see cref="FollowStart.Beginning"/>.</summary>
    public FollowStart StartAt { get; init; } = FollowStart.Beginning;

    /// <summary>What to do when the rest of a file that was being read is gone, or the next one is compressed, but not by gzip: fail, or skip it, log and count. Default <see cref="FollowOnGap.Fail"/>.</summary>
    public FollowOnGap OnGap { get; init; } = FollowOnGap.Fail;

    /// <summary>How often a file that has been read to its end is looked at. 10 ms to 1 m; default 250 ms.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(250);

    /// <summary>How often new files are looked for in folders. 10 ms to 1 h; default 1 s.</summary>
    public TimeSpan DiscoveryInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A file that has not grown for so long no longer holds event time back. Longer than a writer keeps records in its buffer. 0 to 1 h;
    /// default 1 s.
    /// </summary>
    public TimeSpan IdleAfter { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A file that was rotated away is left for the next one when it has not grown for so long: writers may need a while to change over. 0 to
    /// 10 m; default 1 s.
    /// </summary>
    public TimeSpan RotationWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Files that are followed at the same time, each kept open; more of a folder wait until others are gone, and event time goes on without them. 1 to 65,536; default 1024.</summary>
    public int MaximumFiles { get; init; } = 1024;

    /// <summary>Records in a batch. 1 to 65,536, and at most 8 MiB; default 1024.</summary>
    public int BatchViews { get; init; } = 1024;

    /// <summary>Longer records are rejected, in bytes. 64 bytes to 64 MiB; default 1 MiB.</summary>
    public int MaximumRecordBytes { get; init; } = 1 << 20;

    /// <summary>Whether files have numbers that stay with them when they are renamed; where not, they are told by their first bytes.</summary>
    internal bool HasInodes { get; init; } = OperatingSystem.IsLinux();

    /// <summary>Opens a file for reading.</summary>
    internal Func<string, SafeFileHandle> OpenFile { get; init; } =
        path => File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);

    /// <summary>Adds every fault of these options.</summary>
    public void Validate(OptionFaults faults)
    {
        faults.Require(Paths.Count > 0, "Follow:Paths", "is empty, must name at least one file or folder");
        faults.Require(!Paths.Contains(string.Empty), "Follow:Paths", "has an empty name");
        faults.Require(!Paths.Contains(FileSourceOptions.StandardInputPath), "Follow:Paths", "has -, but the standard input cannot be followed; give it to replay");
        foreach (var path in Paths.CountBy(path => path).Where(path => path.Value > 1))
            faults.Require(false, "Follow:Paths", $"has {path.Key} more than once");
        foreach (var path in Paths)
            faults.Require(Following.FilePattern.WhyNot(path) is not { } fault, "Follow:Paths", $"has {path}, {Following.FilePattern.WhyNot(path)}");
        foreach (var path in Paths.Where(Following.RotationName.IsCompressed))
            faults.Require(false, "Follow:Paths", $"has {path}, but compressed files do not grow; read them with replay");
        faults.Require(Enum.IsDefined(Format), "Follow:Format", "must be Auto, MuxJson, MuxProtobuf or AccessLog");
        faults.Require(Enum.IsDefined(StartAt), "Follow:StartAt", "must be Beginning, Oldest or End");
        faults.Require(
            StartAt != FollowStart.End || Format != FileFormat.MuxProtobuf,
            "Follow:StartAt",
            "cannot be End with MuxProtobuf, as nothing tells where records begin in the middle");
        faults.Require(Enum.IsDefined(OnGap), "Follow:OnGap", "must be Fail or Skip");
        faults.Range("Follow:PollInterval", PollInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromMinutes(1));
        faults.Range("Follow:DiscoveryInterval", DiscoveryInterval, TimeSpan.FromMilliseconds(10), TimeSpan.FromHours(1));
        faults.Range("Follow:IdleAfter", IdleAfter, TimeSpan.Zero, TimeSpan.FromHours(1));
        faults.Range("Follow:RotationWait", RotationWait, TimeSpan.Zero, TimeSpan.FromMinutes(10));
        faults.Range("Follow:MaximumFiles", MaximumFiles, 1, 65_536);
        faults.Range("Follow:BatchViews", BatchViews, 1, 65_536);
        faults.Range("Follow:MaximumRecordBytes", MaximumRecordBytes, 64, 64 << 20);
        AccessLog.Validate(faults);
    }
}
