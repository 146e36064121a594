using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Service.Control;

namespace Rx.Alerting.Service.Dumps;

/// <summary>A part of a dump, in the answer to its command.</summary>
/// <param name="Location">Where the rows are.</param>
/// <param name="Rows">Number of rows.</param>
/// <param name="Bytes">Length of the file.</param>
/// <param name="Sha256">Of the file.</param>
/// <param name="Commit">The number of the commit that was dumped.</param>
internal sealed record DumpReply(string Location, long Rows, long Bytes, string Sha256, long Commit)
{
    public static PipelineReply Of(string pipeline, DumpOutcome made)
    {
        var manifest = made.Manifest;
        return new(pipeline, made.WasThere ? ReplyStatus.AlreadySo : ReplyStatus.Done, null, manifest.Watermark)
        {
            Dump = new(made.Location, manifest.Rows, manifest.Bytes, manifest.Sha256, manifest.Commit),
        };
    }
}
