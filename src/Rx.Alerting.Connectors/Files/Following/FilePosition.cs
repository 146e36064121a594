using System.Globalization;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Connectors.Files.Following;

/// <summary>Where to read on in a log: <c>inode-hash@offset</c>, or <c>none</c> where no file was there yet.</summary>
/// <param name="Inode">The file's number in its file system; 0 where there are none.</param>
/// <param name="Hash">
/// Of its first bytes, <see cref="HashedBytes"/> of them at most and none behind <paramref name="Offset"/>: numbers are given
/// again when files are removed, and change when they are copied or compressed.
/// </param>
/// <param name="Offset">Of the next record, in bytes.</param>
internal readonly record struct FilePosition(ulong Inode, ulong Hash, long Offset)
{
    private const int HashedBytes = 256;
    private const string NoFile = "none";

    /// <summary>Before there was a file.</summary>
    internal static FilePosition None => new(0, 0, -1);

    /// <summary>Also at the beginning of a file that nothing tells from others.</summary>
    internal bool IsNone => Offset < 0 || (Offset == 0 && Inode == 0);

    /// <summary>How many bytes <see cref="Hash"/> is of.</summary>
    internal int Hashed => (int)Math.Clamp(Offset, 0, HashedBytes);

    internal static FilePosition Of(ulong inode, ReadOnlySpan<byte> head, long offset)
    {
        var position = new FilePosition(inode, 0, offset);
        return position with { Hash = KeyHash.Of(head[..Math.Min(head.Length, position.Hashed)]) };
    }

    /// <summary>Whether a file that begins with <paramref name="head"/> can be the one.</summary>
    internal bool Fits(ReadOnlySpan<byte> head) => head.Length >= Hashed && KeyHash.Of(head[..Hashed]) == Hash;

    internal static bool TryParse(string text, out FilePosition position)
    {
        position = None;
        if (text == NoFile)
            return true;
        var (dash, at) = (text.IndexOf('-', StringComparison.Ordinal), text.IndexOf('@', StringComparison.Ordinal));
        if (dash < 0 || at < dash
            || !ulong.TryParse(text.AsSpan(0, dash), NumberStyles.None, CultureInfo.InvariantCulture, out var inode)
            || !ulong.TryParse(text.AsSpan(dash + 1, at - dash - 1), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hash)
            || !long.TryParse(text.AsSpan(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var offset))
        {
            return false;
        }

        position = new(inode, hash, offset);
        return true;
    }

    public override string ToString() => IsNone ? NoFile : string.Create(CultureInfo.InvariantCulture, $"{Inode}-{Hash:x16}@{Offset}");
}
