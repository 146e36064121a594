namespace Rx.Alerting.Core.Checkpoints;

/// <summary>
/// The owner of a pipeline, as stores keep it: a token of its own for each acquisition and, behind a blank, who that is. Earlier releases wrote the token alone.
/// </summary>
public static class CheckpointOwner
{
    private const char Blank = ' ';

    /// <summary>An owner that no store has seen.</summary>
    /// <param name="who">For people, without control characters; null: nobody says.</param>
    public static string New(string? who)
    {
        var token = Guid.NewGuid().ToString("N");
        return who is null ? token : $"{token}{Blank}{who}";
    }

    /// <summary>Who it is; null: it does not say.</summary>
    public static string? Who(string owner)
    {
        var blank = owner.IndexOf(Blank, StringComparison.Ordinal);
        return blank < 0 ? null : owner[(blank + 1)..];
    }
}
