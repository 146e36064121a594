namespace Rx.Alerting.Benchmarks.Naive;

/// <summary>A decoded view as one would write it without thinking of speed.</summary>
internal readonly record struct NaiveView(string Property, string Title, string? ErrorType, DateTimeOffset EndedAt);

/// <summary>Views and errors of one title in one pane.</summary>
internal sealed record NaiveCount(string Property, string Title)
{
    public int Views { get; init; }

    public int Errors { get; init; }

    public NaiveCount Add(NaiveView view) => this with { Views = Views + 1, Errors = Errors + (view.ErrorType is null ? 0 : 1) };
}
