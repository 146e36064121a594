using System.Buffers;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Recognises a virtual host in what stands before the date of a line of an access log.</summary>
/// <remarks>
/// <para>
/// Before the date stand client, identity and user, and before the client a virtual host where the log's format has one.
/// There may be more: what shippers of logs put in front (<see cref="LogPrefix"/>), a list of forwarded addresses, blanks in a user's
/// name. A word that is taken for a virtual host and is none makes every line a property of its own, and no incident is found.
/// A virtual host that is missed only joins the others in one property. So a word has to look like a host name (behind a prefix, where
/// a machine's name may stand: with dots or a port), and a client has to follow:
/// </para>
/// <list type="table">
/// <listheader><term>The next words are</term><description>A client</description></listheader>
/// <item><term>an address, <c>unix:</c></term><description>yes</description></item>
/// <item><term>a host name, <c>-</c>, any other word</term><description>yes: its identity and user follow</description></item>
/// <item><term><c>-</c>, an address</term><description>yes: no forwarded address, then the client</description></item>
/// <item><term>anything else</term><description>no: the first word is the client itself</description></item>
/// </list>
/// </remarks>
internal static class AccessLogHost
{
    /// <summary>A single label this long with digits in it is the id of a request.</summary>
    private const int ShortestId = 16;

    private static readonly SearchValues<byte> HostBytes = SearchValues.Create(
        [.. "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8, .. Enumerable.Range(0x80, 0x80).Select(letter => (byte)letter)]);

    private static readonly SearchValues<byte> HexBytes = SearchValues.Create("-_0123456789ABCDEFabcdef"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create(".0123456789"u8);
    private static readonly SearchValues<byte> MaskedBytes = SearchValues.Create("*.0123456789Xx"u8);
    private static readonly SearchValues<byte> Address6Bytes = SearchValues.Create("*.:[]0123456789ABCDEFabcdefx"u8);

    /// <summary>The virtual host without quotes, port and the dot behind its last label; empty if there is none.</summary>
    /// <param name="head">What stands before the date.</param>
    internal static Range Find(ReadOnlySpan<byte> head)
    {
        // Most lines begin with an address of IPv4.
        var address = head.IndexOfAnyExcept(NumberBytes);
        if (address > 0 && head[address] == ' ')
            return default;

        var at = LogPrefix.End(head);
        var isFirst = at == LogWords.Blanks(head, 0);
        var word = LogWords.Take(head, ref at);
        if (word.IsEmpty)
            return default;
        var start = at - word.Length;
        if (word is [(byte)'"', .., (byte)'"'])
        {
            word = word[1..^1];
            start++;
        }

        var name = WithoutPort(word);
        var hasPort = name.Length < word.Length;
        if (name is [.., (byte)'.'])
            name = name[..^1];
        var isPlain = !hasPort && !name.Contains((byte)'.');
        return IsHostName(name) && (!isPlain || (isFirst && IsLabel(name))) && IsBeforeClient(head, at) ? start..(start + name.Length) : default;
    }

    private static bool IsBeforeClient(ReadOnlySpan<byte> head, int at)
    {
        var client = TakeBare(head, ref at);
        if (client.SequenceEqual("-"u8))
            return IsAddress(TakeBare(head, ref at));
        if (IsAddress(client) || client.SequenceEqual("unix:"u8))
            return true;
        var name = WithoutPort(client);
        return (client.SequenceEqual("unknown"u8) || IsHostName(name))
            && LogWords.Take(head, ref at).SequenceEqual("-"u8)
            && !LogWords.Take(head, ref at).IsEmpty;
    }

    /// <summary>A word without the quotes and commas of a list of forwarded addresses.</summary>
    private static ReadOnlySpan<byte> TakeBare(ReadOnlySpan<byte> head, ref int at) => LogWords.Take(head, ref at).Trim("\","u8);

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> word)
    {
        var colon = word.LastIndexOf((byte)':');
        return colon >= 0 && colon + 1 < word.Length && !word[(colon + 1)..].ContainsAnyExceptInRange((byte)'0', (byte)'9') ? word[..colon] : word;
    }

    /// <summary>
    /// Whether a word is labels of letters, digits, dashes and low lines, perhaps behind <c>*.</c>, the last of them beginning with a letter. An
    /// address is none, not even if it is masked (<c>203.0.113.xxx</c>).
    /// </summary>
    private static bool IsHostName(ReadOnlySpan<byte> word)
    {
        if (word.StartsWith("*."u8))
            word = word[2..];
        var last = word.LastIndexOf((byte)'.') + 1;
        return last < word.Length && IsLetter(word[last]) && !word.ContainsAnyExcept(HostBytes) && !word.SequenceEqual("unknown"u8)
            && (!word.ContainsAnyInRange((byte)'0', (byte)'9') || word.ContainsAnyExcept(MaskedBytes));
    }

    /// <summary>
    /// Whether a host name without dots and port may be a virtual host: neither the id of a request nor the level of a message (<c>INFO</c>).
    /// </summary>
    private static bool IsLabel(ReadOnlySpan<byte> name)
    {
        if (!name.ContainsAnyInRange((byte)'a', (byte)'z'))
            return false;
        return !name.ContainsAnyInRange((byte)'0', (byte)'9') || (name.Length < ShortestId && name.ContainsAnyExcept(HexBytes));
    }

    /// <summary>Whether a word is an address of IPv4 or IPv6, perhaps with a port or a zone, or masked.</summary>
    private static bool IsAddress(ReadOnlySpan<byte> word)
    {
        var zone = word.IndexOf((byte)'%');
        if (zone > 0)
            word = word[..zone];
        if (word.Count((byte)':') >= 2)
            return !word.ContainsAnyExcept(Address6Bytes);
        var address = WithoutPort(word);
        return address.Count((byte)'.') == 3 && !address.ContainsAnyExcept(MaskedBytes);
    }

    /// <summary>Letters of other alphabets are bytes from 0x80 on.</summary>
    private static bool IsLetter(byte value) => char.IsAsciiLetter((char)value) || value >= 0x80;
}
