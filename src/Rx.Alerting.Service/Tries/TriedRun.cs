using Rx.Alerting.Core.Options;
using Rx.Alerting.Service.Access;

namespace Rx.Alerting.Service.Tries;

/// <summary>A run as somebody may see it.</summary>
/// <param name="Id">For its address.</param>
/// <param name="Property">Whose incidents are compared.</param>
/// <param name="Last">How much event time was to be compared, as spans are written.</param>
/// <param name="Learning">How much was to be learned before, likewise.</param>
/// <param name="Changes">The options that differ.</param>
/// <param name="By">Who has begun it.</param>
/// <param name="Begun">When, by the clock.</param>
/// <param name="Input">What is read, as a clause.</param>
/// <param name="From">The event time from which on it reads.</param>
/// <param name="Wanted">The event time at which the comparison is to begin.</param>
/// <param name="To">The event time up to which it reads.</param>
/// <param name="Progress">How far it is.</param>
/// <param name="SeesAll">Whether the reader sees all properties, and so how many views there are in all.</param>
/// <param name="Result">Null: it goes on, or has failed.</param>
/// <param name="Failure">Null: it has not failed.</param>
public sealed record TriedRun(
    string Id,
    string Property,
    string Last,
    string Learning,
    IReadOnlyList<TriedOption> Changes,
    string By,
    DateTimeOffset Begun,
    string Input,
    DateTimeOffset From,
    DateTimeOffset Wanted,
    DateTimeOffset To,
    TryProgress Progress,
    bool SeesAll,
    TryResult? Result,
    string? Failure)
{
    public bool IsUnderWay => Result is null && Failure is null;

    /// <summary>How much has been read of the event time that there is to read, 0–1.</summary>
    public double Share => Progress.Reached is { } reached && To > Begin ? Math.Clamp((reached - Begin) / (To - Begin), 0, 1) : 0;

    /// <summary>A stream may begin later than was asked for.</summary>
    private DateTimeOffset Begin => Progress.First > From ? Progress.First.Value : From;

    internal static TriedRun Of(TryRun run, PropertyScope scope) => new(
        run.Id,
        run.Request.Property,
        Duration.Format(run.Request.Last),
        Duration.Format(run.Request.Learning),
        run.Request.Changes,
        run.Request.By,
        run.Begun,
        run.Input,
        run.ReadFrom,
        run.Wanted,
        run.To,
        run.Progress,
        scope.IsAll,
        run.Result,
        run.Failure is { } failure && !scope.IsAll ? "It could not be read again." : run.Failure); // The reason names files and hosts.
}
