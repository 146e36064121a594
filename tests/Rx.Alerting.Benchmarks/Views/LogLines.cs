using System.Globalization;
using System.Text;

namespace Rx.Alerting.Benchmarks.Views;

/// <summary>Lines of an access log in the combined format, one in four with its virtual host, one in fifty failed.</summary>
internal static class LogLines
{
    internal static List<byte[]> Make()
    {
        var random = new Random(1);
        var lines = new List<byte[]>();
        for (var i = 0; i < MuxRecords.Count; i++)
        {
            var time = DateTimeOffset.FromUnixTimeSeconds(1_767_225_600 + i).ToString(
                "dd/MMM/yyyy:HH:mm:ss '+0000'", CultureInfo.InvariantCulture);
            lines.Add(Encoding.UTF8.GetBytes(
                $"{(i % 4 == 0 ? "www.example.com " : "")}203.0.113.{i % 250} - - [{time}] \"GET "
                + $"/videos/{random.Next(100_000):x8}.mp4?part={i} HTTP/1.1\" "
                + $"{(i % 50 == 0 ? 503 : 200)} 61234 \"https://www.example.com/watch\" "
                + $"\"Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0\""));
        }

        return lines;
    }
}
