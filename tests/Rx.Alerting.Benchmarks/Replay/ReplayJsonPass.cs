using System.Text.Json;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Replay;

/// <summary>The least that reading JSON lines takes: every token of every line by Utf8JsonReader, nothing kept.</summary>
internal static class ReplayJsonPass
{
    private const int BlockBytes = 1 << 20;

    public static void Run(Arguments arguments)
    {
        using var file = new FileStream(arguments["file"], FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
        var buffer = new byte[BlockBytes];
        long lines = 0, tokens = 0;
        var kept = 0;
        while (file.Read(buffer, kept, buffer.Length - kept) is > 0 and var read)
        {
            var rest = buffer.AsSpan(0, kept + read);
            while (rest.IndexOf((byte)'\n') is >= 0 and var end)
            {
                var reader = new Utf8JsonReader(rest[..end]);
                while (reader.Read())
                    tokens++;
                lines++;
                rest = rest[(end + 1)..];
            }

            kept = rest.Length;
            rest.CopyTo(buffer);
        }

        Figures.Write(("views", lines), ("tokens", tokens));
    }
}
