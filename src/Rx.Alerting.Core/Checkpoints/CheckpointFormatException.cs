namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Why a checkpoint cannot be read.</summary>
public enum CheckpointFormatProblem
{
    /// <summary>The checkpoint has content that no release has written.</summary>
    Damaged,

    /// <summary>The content is no checkpoint of Rx.Alerting.</summary>
    NotACheckpoint,

    /// <summary>A later release has written the checkpoint.</summary>
    Newer,

    /// <summary>An earlier release, which this build cannot read, has written the checkpoint.</summary>
    Older,

    /// <summary>Another build has written the checkpoint. It encodes state otherwise, under the same version.</summary>
    OtherSchema,

    /// <summary>The checkpoint was written with another value of an option that must not change during a pipeline's life.</summary>
    OtherOptions,
}

/// <summary>A checkpoint cannot be read. The message says what to do.</summary>
public sealed class CheckpointFormatException(string message, CheckpointFormatProblem problem = CheckpointFormatProblem.Damaged)
    : Exception(message)
{
    private const string Advice =
        "Or keep a copy with its “rx-alerting checkpoint export”, and begin anew with “rx-alerting checkpoint reset”.";

    public CheckpointFormatProblem Problem { get; } = problem;

    /// <summary>For a checkpoint with entries but without exactly one header.</summary>
    public static CheckpointFormatException WithoutHeader() => new(
        "The checkpoint is not whole: it has no header. "
        + "If an import was broken off, repeat it with “rx-alerting checkpoint import --force”; "
        + "else restore a copy, or begin anew with “rx-alerting checkpoint reset”.");

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
        var difference = $"its {what} has version {found}, this build reads version {known}";
        return new($"The checkpoint was written by {age} Rx.Alerting: {difference}. Run that release. {Advice}", problem);
    }

    internal static CheckpointFormatException OtherSchema(string difference) => new(
        $"The checkpoint was written by another build of Rx.Alerting: {difference}. Run that build. {Advice}",
        CheckpointFormatProblem.OtherSchema);
}
