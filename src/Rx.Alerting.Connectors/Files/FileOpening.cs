using Rx.Alerting.Connectors.Framing;

namespace Rx.Alerting.Connectors.Files;

/// <summary>Opens a file, tells its format, and makes its reader; or says why that is not possible.</summary>
internal static class FileOpening
{
    internal static PartitionReader? TryOpen(string path, FileSourceOptions options, List<string> faults)
    {
        if (Directory.Exists(path))
            return Fault($"{path}: is a folder; give the files in it");
        try
        {
            var input = new FileInput(path, OpenStream(path, options));
            var isKnown = options.Format is not null;
            var zeros = isKnown ? 0 : input.SkipZeros();
            if (zeros > 0 && input.Head.IsEmpty)
                return Refuse("holds nothing but zero bytes");
            var format = isKnown ? options.Format : FormatDetection.Detect(input.Head);
            if (format is not null)
                return Reader(input, zeros, format.Value, options);
            return Refuse(FormatDetection.WhyNot(input.Head));

            PartitionReader? Refuse(string reason)
            {
                input.Dispose();
                return Fault($"{path}: {reason}");
            }
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return Fault($"{path}: no such file");
        }
        catch (UnauthorizedAccessException)
        {
            return Fault($"{path}: no permission to read it");
        }
        catch (IOException e)
        {
            return Fault($"{path}: cannot be opened: {e.Message}");
        }

        PartitionReader? Fault(string fault)
        {
            faults.Add(fault);
            return null;
        }
    }

    private static Stream OpenStream(string path, FileSourceOptions options) => path == FileSourceOptions.StandardInputPath
        ? options.StandardInput()
        : new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);

    private static PartitionReader Reader(FileInput input, long start, RecordFormat format, FileSourceOptions options) => new(
        input,
        RecordFormats.Decoding(format, options.AccessLog, options.MaximumRecordBytes, options.SampleEvery, options.FurtherFields),
        options.EffectiveBatchViews,
        options.BlockBytes,
        start);
}
