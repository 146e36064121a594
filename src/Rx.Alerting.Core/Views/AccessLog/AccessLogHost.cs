using System.Buffers;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Recognises the virtual host of a line of an access log.</summary>
/// <remarks>
/// <para>
/// The <em>head</em> of a line is the part before its date: client, identity and user. In some formats, the virtual host is before the
/// client. The head may also have prefixes of log shippers (<see cref="LogPrefix"/>), a list of forwarded addresses, and blanks in the
/// user's name.
/// </para>
/// <para>
/// A virtual host that is not recognised does little harm: its views join the other views in one property. A wrong word that is taken for
/// a virtual host does great harm: every line may become a property of its own, and no incident is found. So a virtual host must satisfy
/// these rules:
/// </para>
/// <list type="bullet">
/// <item>The word looks like a host name.</item>
/// <item>Behind a prefix the word has dots or a port, because a machine's name may stand there.</item>
/// <item>A client follows, by this table:</item>
/// </list>
/// <list type="table">
/// <listheader><term>The next words are</term><description>A client follows</description></listheader>
/// <item><term>an address, or <c>unix:</c></term><description>yes</description></item>
/// <item><term>a host name, then <c>-</c>, then any word</term><description>yes, with its identity and user</description></item>
/// <item><term><c>-</c>, then an address</term><description>yes, behind an empty list of forwarded addresses</description></item>
/// <item><term>anything else</term><description>no: the first word is the client itself</description></item>
/// </list>
/// </remarks>
internal static class AccessLogHost
{
    /// <summary>A single label with digits that is at least this long is taken for the id of a request.</summary>
    private const int ShortestId = 16;

    private static readonly SearchValues<byte> HostBytes = SearchValues.Create(
    [
        .. "-._0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"u8,
        .. Enumerable.Range(0x80, 0x80).Select(letter => (byte)letter),
    ]);

    private static readonly SearchValues<byte> HexBytes = SearchValues.Create("-_0123456789ABCDEFabcdef"u8);
    private static readonly SearchValues<byte> NumberBytes = SearchValues.Create(".0123456789"u8);
    private static readonly SearchValues<byte> MaskedBytes = SearchValues.Create("*.0123456789Xx"u8);
    private static readonly SearchValues<byte> Address6Bytes = SearchValues.Create("*.:[]0123456789ABCDEFabcdefx"u8);

    /// <summary>Finds the virtual host, without quotes, port and the dot behind its last label.</summary>
    /// <param name="head">The part of the line before the date.</param>
    /// <returns>Empty if the line has no virtual host.</returns>
    internal static Range Find(ReadOnlySpan<byte> head)
    {
        // Most lines begin with an IPv4 address.
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
        var isHost = IsHostName(name) && (!isPlain || (isFirst && IsLabel(name))) && IsBeforeClient(head, at);
        return isHost ? start..(start + name.Length) : default;
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

    /// <summary>Takes a word, without the quotes and commas of a list of forwarded addresses.</summary>
    private static ReadOnlySpan<byte> TakeBare(ReadOnlySpan<byte> head, ref int at) => LogWords.Take(head, ref at).Trim("\","u8);

    private static ReadOnlySpan<byte> WithoutPort(ReadOnlySpan<byte> word)
    {
        var colon = word.LastIndexOf((byte)':');
        var port = word[(colon + 1)..];
        var hasPort = colon >= 0 && !port.IsEmpty && !port.ContainsAnyExceptInRange((byte)'0', (byte)'9');
        return hasPort ? word[..colon] : word;
    }

    /// <summary>Whether a word looks like a host name.</summary>
    /// <remarks>
    /// A host name is labels of letters, digits, dashes and underscores, perhaps behind <c>*.</c>; the last label begins with a letter. An
    /// address is no host name, not even a masked address (<c>203.0.113.xxx</c>).
    /// </remarks>
    private static bool IsHostName(ReadOnlySpan<byte> word)
    {
        if (word.StartsWith("*."u8))
            word = word[2..];
        var last = word.LastIndexOf((byte)'.') + 1;
        return last < word.Length
            && IsLetter(word[last])
            && !word.ContainsAnyExcept(HostBytes)
            && !word.SequenceEqual("unknown"u8)
            && (!word.ContainsAnyInRange((byte)'0', (byte)'9') || word.ContainsAnyExcept(MaskedBytes));
    }

    /// <summary>
    /// Whether a host name without dots and port may be a virtual host: not the id of a request, nor the level of a message (<c>INFO</c>).
    /// </summary>
    private static bool IsLabel(ReadOnlySpan<byte> name)
    {
        if (!name.ContainsAnyInRange((byte)'a', (byte)'z'))
            return false;
        return !name.ContainsAnyInRange((byte)'0', (byte)'9') || (name.Length < ShortestId && name.ContainsAnyExcept(HexBytes));
    }

    /// <summary>Whether a word is an IPv4 or IPv6 address. The address may have a port or a zone, and may be masked.</summary>
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

    /// <summary>Bytes from 0x80 on belong to letters of other alphabets.</summary>
    private static bool IsLetter(byte value) => char.IsAsciiLetter((char)value) || value >= 0x80;
}
