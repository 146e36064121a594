using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Dumps;

/// <summary>
/// Dumps what pipelines know, to a target. A dump is a cut between two batches (<see cref="CheckpointedPipeline.CutAsync"/>).
/// </summary>
/// <remarks>
/// <list type="number">
/// <item>Look for the pipeline's part. If it is there, nothing more is done.</item>
/// <item>Take the cut, and write its rows to a temporary file. Nothing of that is on the pipeline's thread.</item>
/// <item>Write the rows, then the manifest of the part, then the manifest of the command to the target.</item>
/// </list>
/// A dump that was broken off has no manifest, and is made anew.
/// </remarks>
/// <param name="options">Of the pipelines.</param>
/// <param name="target">Where dumps go.</param>
/// <param name="folder">Has the temporary files.</param>
/// <param name="maximumBytes">The most bytes of temporary files for a cut.</param>
/// <param name="clock">Paces attempts.</param>
/// <param name="reader">As <see cref="CutRequest.Reader"/>.</param>
public sealed class PipelineDump(
    PipelineOptions options,
    IDumpTarget target,
    string folder,
    long maximumBytes,
    TimeProvider clock,
    ICheckpointStore? reader = null)
{
    private readonly IDumpTarget repeating = new RepeatingTarget(target, clock);

    /// <summary>Executes a command for one pipeline.</summary>
    /// <param name="request">The command.</param>
    /// <param name="name">The pipeline's name.</param>
    /// <param name="pipeline">Runs, or will run soon.</param>
    /// <param name="progress">Is told how far the dump is.</param>
    /// <param name="cancel">Gives up. The dump can be made again.</param>
    /// <exception cref="DumpRefusedException">The dump was not made.</exception>
    /// <exception cref="CommandUnconfirmedException">The pipeline has stopped.</exception>
    public async Task<DumpOutcome> RunAsync(
        DumpRequest request, string name, CheckpointedPipeline pipeline, DumpProgress progress, CancellationToken cancel)
    {
        try
        {
            return await DumpAsync(request, name, pipeline, progress, cancel).ConfigureAwait(false);
        }
        catch (Exception problem) when (problem is CutException or DumpTargetException or CheckpointFormatException)
        {
            throw new DumpRefusedException(problem.Message, problem);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new DumpRefusedException($"the temporary files in {folder} cannot be written: {problem.Message}", problem);
        }
    }

    private async Task<DumpOutcome> DumpAsync(
        DumpRequest request, string name, CheckpointedPipeline pipeline, DumpProgress progress, CancellationToken cancel)
    {
        var catalogue = new DumpCatalogue(repeating);
        var place = DumpNames.Command(request.CommandId);
        var part = DumpNames.Pipeline(place, name);
        var found = await catalogue.FindAsync(place, name, request, cancel).ConfigureAwait(false);
        var manifest = found ?? await MakeAsync(request, name, pipeline, part, progress, cancel).ConfigureAwait(false);
        if (found is null)
            await catalogue.AddAsync(place, manifest, cancel).ConfigureAwait(false);
        await catalogue.NamePartsAsync(place, request, cancel).ConfigureAwait(false);
        return new(manifest, repeating.Locate($"{part}/{manifest.File}"), found is not null);
    }

    private async Task<DumpManifest> MakeAsync(
        DumpRequest request,
        string name,
        CheckpointedPipeline pipeline,
        string part,
        DumpProgress progress,
        CancellationToken cancel)
    {
        progress.Waits();
        var sections = request.Kind == DumpKind.ErrorRates ? ErrorRates.Sections : IncidentRows.Sections;
        var wanted = new CutRequest(sections, folder, maximumBytes) { Reader = reader, Progress = progress.Reads };
        using var cut = await pipeline.CutAsync(wanted, cancel).ConfigureAwait(false);
        progress.Writes();
        using var file = new DumpFile(folder);
        await Task.Run(() => WriteRows(request, cut, file, cancel), cancel).ConfigureAwait(false);
        var hash = file.End();
        progress.Sends(file.Rows, file.Content.Length);
        await repeating.WriteAsync($"{part}/{DumpNames.Rows(request.Kind)}", file.Content, cancel).ConfigureAwait(false);
        var (positions, watermark, counters) = CutFacts.Read(cut, options);
        return new DumpManifest
        {
            Order = DumpOrder.Of(request),
            Pipeline = name,
            Commit = cut.Commit,
            CommittedAt = cut.CommittedAt,
            Watermark = watermark,
            Positions = positions,
            Counters = counters,
            File = DumpNames.Rows(request.Kind),
            Rows = file.Rows,
            Bytes = file.Content.Length,
            Sha256 = hash,
        };
    }

    private void WriteRows(DumpRequest request, StateCut cut, DumpFile file, CancellationToken cancel)
    {
        if (request.Kind == DumpKind.ErrorRates)
            new ErrorRates(options, request.Filter).Write(cut, file, cancel);
        else
            IncidentRows.Write(cut, request.All, file);
    }
}
