using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Service.Sources;

/// <summary>How what a stream still has is read once more, beside the pipelines, which do not notice.</summary>
/// <param name="Words">What is read, as a clause for people.</param>
/// <param name="Open">
/// Opens it, so that everything is read that ended at a time or later. What ended before may come, too. Nothing that reads in this way
/// commits anything, or is a member of a group. The source is disposed of if it can be. May wait for servers, and throws what sources
/// throw.
/// </param>
internal sealed record StreamAgain(string Words, Func<DateTimeOffset, CancellationToken, IViewSource> Open);
