using System.Buffers;
using System.Text;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Reads a request line (RFC 9112, section 3): a method, a target, and a protocol, which may be missing.</summary>
internal static class AccessLogRequest
{
    /// <summary>The bytes that a method may have: «tchar» of RFC 9110, section 5.6.2.</summary>
    private static readonly SearchValues<byte> MethodBytes = SearchValues.Create(
        "!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8);

    /// <summary>The path of the target, as it is written, without query and fragment. Empty if the text is no request.</summary>
    /// <param name="line">The line that has the request in it.</param>
    /// <param name="start">Where the request begins.</param>
    /// <param name="length">Length of the request in bytes.</param>
    /// <param name="methodRange">The method. Empty if the text is no request.</param>
    internal static Range Path(ReadOnlySpan<byte> line, int start, int length, out Range methodRange)
    {
        methodRange = default;
        var request = line.Slice(start, length).TrimStart(" \t"u8);
        start += length - request.Length;
        var method = request.IndexOfAny((byte)' ', (byte)'\t');
        if (method <= 0 || request[..method].ContainsAnyExcept(MethodBytes))
            return default;
        methodRange = start..(start + method);

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

        // The target of a request to a proxy has scheme and host before the path.
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

    /// <summary>Whether a request is complete: its protocol is there.</summary>
    internal static bool HasProtocol(ReadOnlySpan<byte> request) => Protocol(request) >= 0;

    /// <summary>Position of the blank before the protocol, or -1.</summary>
    private static int Protocol(ReadOnlySpan<byte> target)
    {
        var usual = target.LastIndexOf(" HTTP/"u8);
        return usual >= 0 ? usual : UnusualProtocol(target);
    }

    /// <summary>Finds a protocol in lower case (<c>http/1.1</c>), behind a tab, or RTSP, whose requests look the same.</summary>
    private static int UnusualProtocol(ReadOnlySpan<byte> target)
    {
        const int NameLength = 4;
        for (var slash = target.LastIndexOf((byte)'/'); slash > NameLength; slash = target[..slash].LastIndexOf((byte)'/'))
        {
            var name = target[(slash - NameLength)..slash];
            var isProtocol = Ascii.EqualsIgnoreCase(name, "HTTP"u8) || Ascii.EqualsIgnoreCase(name, "RTSP"u8);
            if (isProtocol && LogWords.IsBlank(target[slash - NameLength - 1]))
                return slash - NameLength - 1;
        }

        return -1;
    }
}
