using System.Globalization;
using System.Text.RegularExpressions;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>
/// Where to read on in a file: <c>inode.born-hash:hashed.content@offset</c>, or <c>none</c> if there was no file yet. Parts that are not
/// known are left out, and <c>hashed</c> is left out if it follows from the offset.
/// </summary>
/// <param name="Inode">The file's number in its file system. 0 if files have no numbers there.</param>
/// <param name="Hash">
/// The hash of the file's first bytes, including bytes that are not read yet. It is needed because an inode is not enough: a new file may
/// get the inode of a removed file, and a copied or compressed file gets another inode. If there was no byte yet, the time when the file
/// was made, if it is known.
/// </param>
/// <param name="Hashed">How many bytes the hash is of.</param>
/// <param name="Offset">The offset of the next record, in bytes.</param>
/// <param name="Content">The <see cref="ContentChecksum"/> of all bytes before <paramref name="Offset"/>. Null if it is not known.</param>
/// <param name="Born">When the file was made, in nanoseconds. 0 if not known. Tells a file from a later file with the same inode.</param>
internal readonly partial record struct FilePosition(ulong Inode, ulong Hash, int Hashed, long Offset, uint? Content = null, ulong Born = 0)
{
    internal const int HashedBytes = 256;
    private const string NoFile = "none";

    /// <summary>The position of a log that has no file yet.</summary>
    internal static FilePosition None => new(0, 0, 0, -1);

    /// <summary>
    /// Whether the position says nothing: there was no file, or the position is at the beginning of a file that nothing tells from others.
    /// </summary>
    internal bool IsNone => Offset < 0 || (Offset == 0 && Inode == 0 && Hashed == 0);

    private int HashedIfRead => (int)Math.Clamp(Offset, 0, HashedBytes);

    internal static FilePosition Of(FileStatus file, ReadOnlySpan<byte> head, long offset, uint? content = null)
    {
        var hashed = Math.Min(head.Length, HashedBytes);
        var hash = hashed == 0 && file.Born != 0 ? file.Born : ContentHash.Of(head[..hashed]);
        return new(file.Inode, hash, hashed, offset, content, file.Inode == 0 ? 0 : file.Born);
    }

    /// <summary>Whether a file has the position's inode, and is not a later file that got the same inode.</summary>
    internal bool HasNumberOf(FileStatus file) =>
        Inode != 0 && file.Inode == Inode && (Born == 0 || file.Born == 0 || Born == file.Born);

    /// <summary>Whether a file that begins with <paramref name="head"/> can be the file of the position.</summary>
    internal bool Fits(FileStatus file, ReadOnlySpan<byte> head) =>
        (head.Length >= Hashed && ContentHash.Of(head[..Hashed]) == Hash) || (Hashed == 0 && file.Born == Hash);

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
        var hashed = match.Groups["hashed"] is { Success: true } more
            ? int.Parse(more.ValueSpan, CultureInfo.InvariantCulture)
            : position.HashedIfRead;
        uint? content = match.Groups["content"] is { Success: true } sum
            ? uint.Parse(sum.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : null;
        var born = match.Groups["born"] is { Success: true } time
            ? ulong.Parse(time.ValueSpan, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : 0;
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

    [GeneratedRegex(
        @"^(?<inode>\d{1,20})(\.(?<born>[0-9a-f]{1,16}))?-(?<hash>[0-9a-f]{1,16})(:(?<hashed>\d{1,3}))?"
        + @"(\.(?<content>[0-9a-f]{8}))?@(?<offset>\d{1,19})$",
        RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern();
}
