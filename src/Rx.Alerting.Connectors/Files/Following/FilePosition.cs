using System.Globalization;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Where to read on in a log: <c>inode.born-hash:hashed.content@offset</c>, or <c>none</c> where no file was there yet. What is not known is
/// left out, and so is <c>hashed</c> where it follows from the offset.
/// </summary>
/// <param name="Inode">The file's number in its file system; 0 where there are none.</param>
/// <param name="Hash">
/// Of its first bytes, also those that are not read yet: numbers are given again when files are removed, and change when they are
/// copied or compressed. Where no byte was there yet, when the file was made, if the file system tells.
/// </param>
/// <param name="Hashed">How many bytes <paramref name="Hash"/> is of.</param>
/// <param name="Offset">Of the next record, in bytes.</param>
/// <param name="Content">The <see cref="ContentChecksum"/> of all bytes before <paramref name="Offset"/>; null: not known.</param>
/// <param name="Born">When the file was made, in nanoseconds; 0: not known. Tells a file from a later one with its number.</param>
internal readonly partial record struct FilePosition(ulong Inode, ulong Hash, int Hashed, long Offset, uint? Content = null, ulong Born = 0)
{
    internal const int HashedBytes = 256;
    private const string NoFile = "none";

    /// <summary>Before there was a file.</summary>
    internal static FilePosition None => new(0, 0, 0, -1);

    /// <summary>Also at the beginning of a file that nothing tells from others.</summary>
    internal bool IsNone => Offset < 0 || (Offset == 0 && Inode == 0 && Hashed == 0);

    private int HashedIfRead => (int)Math.Clamp(Offset, 0, HashedBytes);

    internal static FilePosition Of(FileStatus file, ReadOnlySpan<byte> head, long offset, uint? content = null)
    {
        var hashed = Math.Min(head.Length, HashedBytes);
        return new(file.Inode, hashed == 0 && file.Born != 0 ? file.Born : KeyHash.Of(head[..hashed]), hashed, offset, content, file.Inode == 0 ? 0 : file.Born);
    }

    /// <summary>Whether a file has the number of the position's, and is not a later one to which it was given again.</summary>
    internal bool HasNumberOf(FileStatus file) =>
        Inode != 0 && file.Inode == Inode && (Born == 0 || file.Born == 0 || Born == file.Born);

    /// <summary>Whether a file that begins with <paramref name="head"/> can be the one.</summary>
    internal bool Fits(FileStatus file, ReadOnlySpan<byte> head) =>
        (head.Length >= Hashed && KeyHash.Of(head[..Hashed]) == Hash) || (Hashed == 0 && file.Born == Hash);

    internal static bool TryParse(string text, out FilePosition position)
    {
        position = None;
        if (text == NoFile)
            return true;
        var match = Pattern().Match(text);
        if (!match.Success
            || !ulong.TryParse(match.Groups["inode"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            || !ulong.TryParse(match.Groups["hash"].ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            || !long.TryParse(match.Groups["offset"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        position = new(inode, hash, 0, offset);
        var hashed = match.Groups["hashed"] is { Success: true } more ? int.Parse(more.ValueSpan, CultureInfo.InvariantCulture) : position.HashedIfRead;
        uint? content = match.Groups["content"] is { Success: true } sum ? uint.Parse(sum.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : null;
        var born = match.Groups["born"] is { Success: true } time ? ulong.Parse(time.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture) : 0;
        position = position with { Hashed = hashed, Content = content, Born = born };
        return hashed <= HashedBytes;
    }

    public override string ToString()
    {
        var more = Hashed == HashedIfRead ? string.Empty : string.Create(CultureInfo.InvariantCulture, $":{Hashed}");
        var born = Born == 0 ? string.Empty : string.Create(CultureInfo.InvariantCulture, $".{Born:x}");
        var content = Content is { } sum ? string.Create(CultureInfo.InvariantCulture, $".{sum:x8}") : string.Empty;
        return IsNone ? NoFile : string.Create(CultureInfo.InvariantCulture, $"{Inode}{born}-{Hash:x16}{more}{content}@{Offset}");
    }

    [GeneratedRegex(@"^(?<inode>\d{1,20})(\.(?<born>[0-9a-f]{1,16}))?-(?<hash>[0-9a-f]{1,16})(:(?<hashed>\d{1,3}))?(\.(?<content>[0-9a-f]{8}))?@(?<offset>\d{1,19})$", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
