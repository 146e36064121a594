using System.Buffers;
using System.Text;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>A request line: a method, a target, and a protocol where there is one (RFC 9112, section 3).</summary>
internal static class AccessLogRequest
{
    /// <summary>What a method is made of: «tchar» of RFC 9110, section 5.6.2.</summary>
    private static readonly SearchValues<byte> MethodBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The target's path as it is written, without query and fragment; empty if the text is no request.</summary>
    /// <param name="line">What the request is in.</param>
    /// <param name="start">Where it begins.</param>
    /// <param name="length">How long it is.</param>
    internal static Range Path(ReadOnlySpan<byte> line, int start, int length)
    {
        var request = line.Slice(start, length).TrimStart(" \t"u8);
        start += length - request.Length;
        var method = request.IndexOfAny((byte)' ', (byte)'\t');
        if (method <= 0 || request[..method].ContainsAnyExcept(MethodBytes))
            return default;

        var target = request[method..];
        var protocol = Protocol(target);
        if (protocol >= 0)
            target = target[..protocol];
        var query = target.IndexOfAny((byte)'?', (byte)'#');
        if (query >= 0)
            target = target[..query];
        while (query < 0 && !target.IsEmpty && LogWords.IsBlank(target[^1]))
            target = target[..^1];
        var blanks = LogWords.Blanks(target, 0);
        start += method + blanks;
        target = target[blanks..];

        // What is asked of a proxy has scheme and host before the path.
        var scheme = target.IndexOf("://"u8);
        if (scheme > 0 && target[0] != '/')
        {
            var path = target[(scheme + 3)..].IndexOf((byte)'/');
            var skipped = path < 0 ? target.Length : scheme + 3 + path;
            start += skipped;
            target = target[skipped..];
        }

        return start..(start + target.Length);
    }

    /// <summary>Whether a request has all its parts.</summary>
    internal static bool HasProtocol(ReadOnlySpan<byte> request) => Protocol(request) >= 0;

    /// <summary>Where the blank before the protocol is, or -1.</summary>
    private static int Protocol(ReadOnlySpan<byte> target)
    {
        var usual = target.LastIndexOf(" HTTP/"u8);
        return usual >= 0 ? usual : UnusualProtocol(target);
    }

    /// <summary>As <c>http/1.1</c>, behind a tab, or of another protocol whose requests look the same.</summary>
    private static int UnusualProtocol(ReadOnlySpan<byte> target)
    {
        const int NameLength = 4;
        for (var slash = target.LastIndexOf((byte)'/'); slash > NameLength; slash = target[..slash].LastIndexOf((byte)'/'))
        {
            var name = target[(slash - NameLength)..slash];
            if (LogWords.IsBlank(target[slash - NameLength - 1]) && (Ascii.EqualsIgnoreCase(name, "HTTP"u8) || Ascii.EqualsIgnoreCase(name, "RTSP"u8)))
                return slash - NameLength - 1;
        }

        return -1;
    }
}
