using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Http;

namespace Rx.Alerting.Connectors.Otlp;

/// <summary>Which headers can be sent to a collector, and which should not be read on the way.</summary>
internal static class OtlpHeaders
{
    /// <summary>What the exporter and HTTP itself set.</summary>
    private static readonly string[] Reserved =
    [
        "User-Agent", "Host", "Content-Type", "Content-Length", "Content-Encoding", "Transfer-Encoding", "Connection", "TE",
        "grpc-encoding", "grpc-timeout",
    ];

    /// <summary>
    /// Words in the names of headers with secrets. The name of a tenant is none. A team stands for Honeycomb's <c>x-honeycomb-team</c>.
    /// </summary>
    private static readonly string[] Secrets = ["auth", "token", "key", "secret", "password", "credential", "cookie", "team"];

    /// <summary>What is wrong with the first header that cannot be sent. None of it is a secret. Null: all can.</summary>
    /// <param name="headers">Texts such as <c>Authorization: Bearer …</c>.</param>
    /// <param name="file">The file that they are from. Empty: they are from the option.</param>
    public static ValidationResult? FindFault(IReadOnlyList<string> headers, string file)
    {
        foreach (var (index, header) in headers.Index())
        {
            if (Fault(header) is not { } fault)
                continue;
            return file.Length == 0
                ? new($"{fault} (number {index + 1})", [nameof(OtlpOptions.Headers)])
                : new($"is {file}, which {fault} (line {LineOf(file, header, index)})", [nameof(OtlpOptions.HeadersFile)]);
        }

        return null;
    }

    /// <summary>
    /// The name of a header that everybody on the way to the collector can read, and that may be a secret. Null: there is none.
    /// </summary>
    public static string? FindOpen(IEnumerable<string> headers, Uri endpoint) =>
        endpoint.Scheme != Uri.UriSchemeHttp || endpoint.IsLoopback
            ? null
            : headers.Select(header => header.Split(':')[0].Trim()).FirstOrDefault(
                name => Secrets.Any(word => name.Contains(word, StringComparison.OrdinalIgnoreCase)));

    private static string? Fault(string header)
    {
        var (name, colon, value) = (header.Split(':')[0].Trim(), header.Contains(':'), header[(header.IndexOf(':') + 1)..].Trim());
        return !colon || name.Length == 0 ? "must have headers such as Authorization: Bearer …"
            : Reserved.FirstOrDefault(one => one.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } reserved
                ? $"must not have the header {reserved}, which the exporter sets itself"
            : value.Length == 0 ? "must have headers such as Authorization: Bearer …, and this one has no value"
            : HttpHeader.Parse(header) is null ? "must have headers such as Authorization: Bearer …, in printable ASCII"
            : null;
    }

    /// <summary>Lines that are empty, or a comment, are no headers. So the number of a header is not that of its line.</summary>
    private static int LineOf(string file, string header, int index)
    {
        try
        {
            return File.ReadLines(file).Index().First(line => line.Item.Trim() == header).Index + 1;
        }
        catch (Exception changed) when (changed is IOException or UnauthorizedAccessException or InvalidOperationException)
        {
            return index + 1;
        }
    }
}
