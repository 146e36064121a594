namespace Rx.Alerting.Core.Pipeline;

/// <summary>Which error rates somebody wants to see.</summary>
public sealed record RateQuestion
{
    /// <summary>The most keys that can be passed over and shown: they are sorted while the pipeline waits.</summary>
    public const int MaximumReach = 10_000;

    /// <summary>The name of one property. Null: all.</summary>
    public string? Property { get; init; }

    /// <summary>Whether titles are asked for, and not properties.</summary>
    public bool OfTitles { get; init; }

    /// <summary>The id of one title. Null: all.</summary>
    public string? Title { get; init; }

    /// <summary>A part of the name of the property or title, of any case. Null: any name.</summary>
    public string? Search { get; init; }

    /// <summary>Whether a property may be seen at all, by its name. Null: all may. Called while the pipeline waits.</summary>
    public Func<string, bool>? IsVisible { get; init; }

    public RateOrder Order { get; init; }

    /// <summary>Keys that are passed over.</summary>
    public int Skip { get; init; }

    /// <summary>The most keys that are given.</summary>
    public int Take { get; init; } = 25;

    /// <summary>The most error types of a key, those with most errors in the window.</summary>
    public int ErrorTypes { get; init; } = int.MaxValue;
}

/// <summary>What comes first.</summary>
public enum RateOrder
{
    /// <summary>The key that is furthest above what is normal for it, by <see cref="ErrorTypeRate.Deviation"/>.</summary>
    Deviation,

    /// <summary>The key with most errors in its window.</summary>
    Errors,

    /// <summary>The key with most views so far.</summary>
    Views,

    /// <summary>The first name.</summary>
    Name,
}
