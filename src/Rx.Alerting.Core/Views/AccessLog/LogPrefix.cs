namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Skips the prefixes that log shippers put before a line.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Written by</term><description>Looks like</description></listheader>
/// <item><term>CRI-O, containerd</term><description><c>2026-05-17T10:00:00.123456789+02:00 stdout F </c></description></item>
/// <item><term>kubectl</term><description><c>[pod/web-1/nginx] </c>, <c>2026-05-17T10:00:00.123456789Z </c></description></item>
/// <item><term>Docker Compose</term><description><c>web-1  | </c></description></item>
/// <item><term>rsyslog, journalctl</term><description><c>2026-05-17T10:00:00.123456+02:00 web01 nginx[12]: </c></description></item>
/// <item>
/// <term>syslog (RFC 3164)</term>
/// <description><c>&lt;190&gt;May 17 10:00:00 web01 nginx: </c>; in files without the number</description>
/// </item>
/// <item><term>syslog (RFC 5424)</term><description><c>&lt;190&gt;1 2026-05-17T10:00:00Z web01 nginx 12 - - </c></description></item>
/// </list>
/// Several prefixes may stand one behind the other. A text that is wrongly taken for a prefix rejects no view; only a virtual host may be
/// missed.
/// </remarks>
internal static class LogPrefix
{
    /// <summary>Position behind all prefixes: where the server's own text begins.</summary>
    internal static int End(ReadOnlySpan<byte> head)
    {
        var at = LogWords.Blanks(head, 0);
        for (var end = Skip(head, at); end > at; end = Skip(head, at))
            at = LogWords.Blanks(head, end);
        return at;
    }

    /// <summary>Skips one prefix.</summary>
    /// <returns>The position behind the prefix. The position itself if there is no prefix.</returns>
    private static int Skip(ReadOnlySpan<byte> head, int at)
    {
        var rest = head[at..];
        if (rest.IsEmpty)
            return at;
        if (rest[0] == '<')
            return Priority(head, at);
        if (rest[0] == '[')
            return Bracket(head, at);
        if (IsDate(rest))
            return Source(head, DateEnd(head, at));
        if (IsOldDate(rest))
            return OldSource(head, at);
        return rest.Contains((byte)'|') ? Container(head, at) : at;
    }

    /// <summary>Skips the name of a container and a bar.</summary>
    private static int Container(ReadOnlySpan<byte> head, int at)
    {
        var behind = at;
        LogWords.Take(head, ref behind);
        return LogWords.Take(head, ref behind).SequenceEqual("|"u8) ? behind : at;
    }

    private static bool IsDate(ReadOnlySpan<byte> rest) =>
        rest.Length > 19 && rest[4] == '-' && rest[7] == '-' && rest[10] is (byte)'T' or (byte)' ' && rest[13] == ':';

    /// <summary>Whether a date such as <c>May 17 10:00:00</c> follows. The first digit of the day may be a blank.</summary>
    private static bool IsOldDate(ReadOnlySpan<byte> rest) =>
        rest.Length > 15 && rest[3] == ' ' && rest[6] == ' ' && rest[9] == ':' && rest[12] == ':';

    /// <summary>Skips a date and a time of day, in one word or two words. Behind two words, an offset is skipped, too.</summary>
    private static int DateEnd(ReadOnlySpan<byte> head, int at)
    {
        var isTwoWords = head[at + 10] == ' ';
        LogWords.Take(head, ref at);
        if (!isTwoWords)
            return at;
        LogWords.Take(head, ref at);
        var behind = at;
        var zone = LogWords.Take(head, ref behind);
        return !zone.IsEmpty && TimeZoneText.TryParse(zone, out _) ? behind : at;
    }

    /// <summary>Skips the stream of a container, or a machine and a program. Both may be missing.</summary>
    private static int Source(ReadOnlySpan<byte> head, int at)
    {
        var behind = at;
        var first = LogWords.Take(head, ref behind);
        if (IsProgram(first))
            return behind;
        var second = LogWords.Take(head, ref behind);
        var isStream = (first.SequenceEqual("stdout"u8) || first.SequenceEqual("stderr"u8)) && second is [(byte)'F' or (byte)'P', ..];
        return isStream || IsProgram(second) ? behind : at;
    }

    /// <summary>Skips a date such as <c>May 17 10:00:00</c>, and the machine or program behind the date.</summary>
    private static int OldSource(ReadOnlySpan<byte> head, int at)
    {
        for (var i = 0; i < 3; i++)
            LogWords.Take(head, ref at);
        var end = Source(head, at);
        if (end == at)
            LogWords.Take(head, ref end);
        return end;
    }

    private static bool IsProgram(ReadOnlySpan<byte> word) =>
        word.IndexOf((byte)':') == word.Length - 1 && word.Length > 1 && !word.SequenceEqual("unix:"u8);

    private static int Bracket(ReadOnlySpan<byte> head, int at)
    {
        var behind = at;
        return LogWords.Take(head, ref behind)[^1] == ']' ? behind : at;
    }

    /// <summary>Skips the priority of a syslog message. If a version follows: all fields behind the version. Else: a program.</summary>
    private static int Priority(ReadOnlySpan<byte> head, int at)
    {
        var length = head[at..].IndexOf((byte)'>');
        if (length < 2 || head.Slice(at + 1, length - 1).ContainsAnyExceptInRange((byte)'0', (byte)'9'))
            return at;
        at += length + 1;
        if (!head[at..].StartsWith("1 "u8))
            return IsDate(head[at..]) || IsOldDate(head[at..]) ? at : Source(head, at);

        const int FieldsWithVersion = 6;
        for (var i = 0; i < FieldsWithVersion; i++)
            LogWords.Take(head, ref at);
        at = LogWords.Blanks(head, at);
        if (head[at..].StartsWith("-"u8))
            LogWords.Take(head, ref at);
        else if (head[at..].StartsWith("["u8) && head[at..].IndexOf("] "u8) is >= 0 and var data)
            at += data + 1;
        at = LogWords.Blanks(head, at);
        return head[at..].StartsWith("\uFEFF"u8) ? at + 3 : at;
    }
}
