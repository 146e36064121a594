namespace Rx.Alerting.Service.Advice;

/// <summary>The subject of an <see cref="Advice"/>.</summary>
internal enum AdviceKind
{
    /// <summary>Many records cannot be read.</summary>
    Rejected,

    /// <summary>Many views come late.</summary>
    Late,

    /// <summary>A partition is ahead of the present.</summary>
    FastClock,

    /// <summary>Views are ahead of their arrival.</summary>
    AheadOfArrival,

    /// <summary>Properties have too few views each.</summary>
    ManyProperties,

    /// <summary>Nearly every view has a title of its own.</summary>
    ManyTitles,

    /// <summary>Nearly every error has a type of its own.</summary>
    ManyErrorTypes,

    /// <summary>Properties had to be forgotten, or views of new properties were dropped.</summary>
    ForgottenProperties,

    /// <summary>Error types could not be told apart.</summary>
    OtherErrorTypes,

    /// <summary>Names were taken for other names with the same hash.</summary>
    Collisions,
}

/// <summary>A probable fault of a stream, and what to do.</summary>
/// <param name="Kind">The subject. Two pieces of advice of the same kind are about the same fault.</param>
/// <param name="Text">The advice for people, without a full stop.</param>
internal sealed record Advice(AdviceKind Kind, string Text);
