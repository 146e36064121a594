namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// The owner of a pipeline as a text: a token that is unique to the acquisition, a blank, and a name for people. Earlier releases wrote the
/// token alone.
/// </summary>
public static class CheckpointOwner
{
    private const char Blank = ' ';

    /// <summary>A new owner, which no store has seen.</summary>
    /// <param name="who">The name for people, without control characters. Null if there is none.</param>
    public static string New(string? who)
    {
        var token = Guid.NewGuid().ToString("N");
        return who is null ? token : $"{token}{Blank}{who}";
    }

    /// <summary>The name for people. Null if the owner has none.</summary>
    public static string? Who(string owner)
    {
        var blank = owner.IndexOf(Blank, StringComparison.Ordinal);
        return blank < 0 ? null : owner[(blank + 1)..];
    }
}
