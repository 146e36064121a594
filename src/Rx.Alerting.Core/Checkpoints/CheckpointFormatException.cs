namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Why a checkpoint cannot be read.</summary>
public enum CheckpointFormatProblem
{
    /// <summary>It holds something that no release has written.</summary>
    Damaged,

    /// <summary>It is not a checkpoint of ours.</summary>
    NotACheckpoint,

    /// <summary>A later release has written it.</summary>
    Newer,

    /// <summary>An earlier release has written it.</summary>
    Older,

    /// <summary>A build has written it that encodes state otherwise under the same versions.</summary>
    OtherSchema,

    /// <summary>It was written with options that cannot be changed in between.</summary>
    OtherOptions,
}

/// <summary>A checkpoint cannot be read. The message says what to do.</summary>
public sealed class CheckpointFormatException(string message, CheckpointFormatProblem problem = CheckpointFormatProblem.Damaged) : Exception(message)
{
    private const string Advice = "Or keep a copy with its “rx-alerting checkpoint export”, and begin anew with “rx-alerting checkpoint reset”.";

    public CheckpointFormatProblem Problem { get; } = problem;

    /// <summary>Of a checkpoint that has entries and no header, or several.</summary>
    public static CheckpointFormatException WithoutHeader() =>
        new("The checkpoint is not whole: it has no header. If an import was broken off, repeat it with “rx-alerting checkpoint import --force”; else restore a copy, or begin anew with “rx-alerting checkpoint reset”.");

    internal static CheckpointFormatException TooLong(string section) =>
        new($"The checkpoint is damaged: an entry of section “{section}” is longer than its content.");

    /// <summary>Throws unless <paramref name="found"/> is the version that this build knows.</summary>
    internal static void Require(int found, int known, string what)
    {
        if (found != known)
            throw OtherVersion(found, known, what);
    }

    internal static CheckpointFormatException OtherVersion(int found, int known, string what)
    {
        var problem = found > known ? CheckpointFormatProblem.Newer : CheckpointFormatProblem.Older;
        var age = found > known ? "a newer" : "an older";
        return new($"The checkpoint was written by {age} Rx.Alerting: its {what} has version {found}, this build reads version {known}. Run that release. {Advice}", problem);
    }

    internal static CheckpointFormatException OtherSchema(string difference) =>
        new($"The checkpoint was written by another build of Rx.Alerting: {difference}. Run that build. {Advice}", CheckpointFormatProblem.OtherSchema);
}
