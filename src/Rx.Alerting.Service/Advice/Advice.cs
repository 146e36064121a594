namespace Rx.Alerting.Service.Advice;

/// <summary>What a <see cref="Advice"/> is about.</summary>
internal enum AdviceKind
{
    /// <summary>Many views come late.</summary>
    Late,

    /// <summary>A partition is ahead of the present.</summary>
    FastClock,

    /// <summary>Views are ahead of their arrival.</summary>
    AheadOfArrival,

    /// <summary>Nearly every view has a property of its own.</summary>
    PropertyOfItsOwn,

    /// <summary>Nearly every view has a title of its own.</summary>
    TitleOfItsOwn,
}

/// <summary>What is probably wrong with a stream, and what to do.</summary>
/// <param name="Kind">Tells whether two are about the same.</param>
/// <param name="Text">A sentence for people, without a full stop.</param>
internal sealed record Advice(AdviceKind Kind, string Text);
