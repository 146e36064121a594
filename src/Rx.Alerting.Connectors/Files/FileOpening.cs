using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files;

/// <summary>From a path to what reads it, or to a fault that a person understands.</summary>
internal static class FileOpening
{
    internal static PartitionReader? TryOpen(string path, FileSourceOptions options, List<string> faults)
    {
        if (Directory.Exists(path))
            return Fault($"{path}: is a folder; give the files in it");
        try
        {
            var input = new FileInput(path, OpenStream(path, options));
            var format = options.Format == FileFormat.Auto ? FormatDetection.Detect(input.Head) : options.Format;
            if (format is not null)
                return Reader(input, format.Value, options);
            input.Dispose();
            return Fault($"{path}: {FormatDetection.WhyNot(input.Head)}");
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

    private static PartitionReader Reader(FileInput input, FileFormat format, FileSourceOptions options)
    {
        var text = format != FileFormat.MuxProtobuf;
        var reader = new PartitionReader(
            input,
            text ? new LineFraming(options.MaximumRecordBytes) : new DelimitedFraming(options.MaximumRecordBytes),
            format switch
            {
                FileFormat.MuxJson => new MuxJsonDecoder(),
                FileFormat.MuxProtobuf => new MuxProtobufDecoder(),
                _ => new AccessLogDecoder(options.AccessLog),
            },
            options.EffectiveBatchViews,
            options.BlockBytes);
        if (text)
            reader.SkipTo(input.Head.Length - FormatDetection.TextWithoutMark(input.Head).Length);
        return reader;
    }
}
