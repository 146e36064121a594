using System.CommandLine;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Pipeline;
using Rx.Alerting.Service.CommandLine;
using Rx.Alerting.Service.Configuration;
using Rx.Alerting.Service.Terminal;

namespace Rx.Alerting.Service.Checkpoints;

/// <summary><c>rx-alerting checkpoint export</c>: a checkpoint as a file.</summary>
internal static class ExportCommand
{
    private const string Examples =
        """
        Examples:
          rx-alerting checkpoint export kafka/views views.rxal
          rx-alerting checkpoint export kafka/views views.rxal --force --store redis --set Redis:Configuration=redis:6379

        The service may go on running: what is written is one commit of it.
        """;

    public static CommandWithExamples Create(CommandHost host)
    {
        var pipeline = CheckpointCommand.Pipeline();
        var file = new Argument<string>("FILE") { Description = "The file to write." };
        var force = new Option<bool>("--force") { Description = "Overwrite the file." };
        var command = new Command("export", "Write the checkpoint of a pipeline to a file, from which any store can import it.")
        {
            pipeline, file, force,
        };
        var settings = new SettingArguments(command, storesOnly: true);
        command.SetAction(async parsed =>
        {
            using var interrupt = new Interrupt(host.Stop);
            var stop = interrupt.Token;
            var path = parsed.GetRequiredValue(file);
            if (Directory.Exists(path))
                throw new MisusedException($"{path} is a folder: give the name of a file.");
            if (File.Exists(path) && !parsed.GetValue(force))
                throw new CommandFailedException($"{path} is there already: give --force to overwrite it, or another name.");
            await using var store = StoredPipeline.OpenStore(settings.Load(parsed, host));
            var name = (await StoredPipeline.FindAsync(store, parsed.GetRequiredValue(pipeline), stop)).Name;
            var (head, entries) = await ExportAsync(store, name, path, Screen.ForError(host), stop);
            var bytes = new FileInfo(path).Length;
            host.Output.WriteLine(
                $"Commit {IncidentWords.Count(head.Id)} of “{name}” is in {path}: "
                + $"{IncidentWords.Count(entries)} entries, {IncidentWords.Count(bytes)} bytes.");
            return ExitCode.Success;
        });
        return new CommandWithExamples(command, Examples);
    }

    private static async Task<(CheckpointHead Head, long Entries)> ExportAsync(
        ICheckpointStore store,
        string name,
        string path,
        Screen screen,
        CancellationToken stop)
    {
        // The file is written beside its place, and then moved there. So half a file is never seen under the file's name.
        var partial = $"{path}.partial";
        try
        {
            var exported = await CopyProgress.ShowAsync(screen, $"exporting {name}", async progress =>
            {
                using var snapshot = await store.SnapshotAsync(name, stop);
                if (snapshot is null or { Head.Id: 0 })
                    throw new CommandFailedException($"the pipeline “{name}” has never been committed: there is nothing to export.");
                return (snapshot.Head, await WriteAsync(snapshot, name, partial, progress));
            });
            File.Move(partial, path, overwrite: true);
            return exported;
        }
        finally
        {
            File.Delete(partial);
        }
    }

    private static async Task<long> WriteAsync(CheckpointSnapshot snapshot, string name, string path, Action<long, long?> progress)
    {
        await using var stream = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16);
        var writer = new CheckpointFileWriter(stream);
        writer.Begin(new CheckpointOrigin(name, snapshot.Head.Id, snapshot.Head.CommittedAt));
        long entries = 0;
        await foreach (var chunk in snapshot.Chunks)
        {
            // The header comes first. Reading it refuses a checkpoint with sections that this build does not know and would leave out.
            foreach (var header in chunk.Where(entry => entry.Key.Section == StateSections.Header))
                DetectionPipeline.Schema.Read(header);
            writer.Write(chunk);
            progress(entries += chunk.Count, null);
        }

        writer.End();
        stream.Flush(flushToDisk: true);
        return entries;
    }
}
