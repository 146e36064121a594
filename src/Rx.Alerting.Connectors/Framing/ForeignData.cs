using System.Text;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>Tells kinds of files that people take for logs and that cannot be read, and what to do about it.</summary>
internal static class ForeignData
{
    /// <summary>For each kind of compression the first bytes of a file, and the program that decompresses it.</summary>
    private static readonly (byte[] Magic, string Name, string Program)[] Compressions =
    [
        (Convert.FromHexString("28B52FFD"), "zstd", "zstdcat"),
        (Convert.FromHexString("FD377A585A00"), "xz", "xzcat"),
        (Convert.FromHexString("425A68"), "bzip2", "bzcat"),
        (Convert.FromHexString("504B0304"), "zip", "unzip -p"),
        (Convert.FromHexString("04224D18"), "lz4", "lz4cat"),
        (Convert.FromHexString("1F9D"), "compress", "zcat"),
        (Convert.FromHexString("377ABCAF271C"), "7-Zip", "7z x -so"),
        (Convert.FromHexString("FF060000734E61507059"), "Snappy", "snzip -dc"),
        (Convert.FromHexString("1F8B"), GzipName, "zcat FILE | zcat"),
    ];

    /// <summary>For each other kind the first bytes of a file. The message names the kind and a remedy.</summary>
    private static readonly (byte[] Magic, string Message)[] Kinds =
    [
        ("PAR1"u8.ToArray(), Columns("Parquet")),
        ("ORC"u8.ToArray(), Columns("ORC")),
        ("Obj\u0001"u8.ToArray(), Columns("Avro")),
        ("#Version:"u8.ToArray(), Extended),
        ("#Fields:"u8.ToArray(), Extended),
        ("#Software:"u8.ToArray(), Extended),
    ];

    private const string GzipName = "gzip"; // Gzip is read. So gzip data here are inside of gzip data.

    private const string Extended = "is a log in the W3C extended format (CloudFront, IIS), which is not read here; "
        + "write it in the combined format, or its lines as JSON objects";

    private const int FewestColumns = 3;

    /// <summary>Says what kind of data the bytes are, and what to do. Null if the kind is not known.</summary>
    internal static string? NameOf(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, name, program) in Compressions)
        {
            if (head.StartsWith(magic))
                return Compressed(name == GzipName ? $"{name} twice" : name, program);
        }

        foreach (var (magic, message) in Kinds)
        {
            if (head.StartsWith(magic))
                return message;
        }

        if (IsUtf16(head))
            return "is UTF-16; convert it with iconv -f utf-16 -t utf-8";
        var text = TextWithoutMark(head).TrimStart(" \t\r\n"u8);
        if (text is [(byte)'<', ..])
            return "is HTML or XML, as a server answers that does not give the file itself; look into it, and fetch it again";
        return Separator(text) is { } separator
            ? $"is a table of values separated by {separator}, which is not read here; write its rows as JSON objects, one a line"
            : null;
    }

    /// <summary>The name of the compression. Null if the bytes are not compressed, or in an unknown way.</summary>
    internal static string? CompressionOf(ReadOnlySpan<byte> head)
    {
        foreach (var (magic, name, _) in Compressions)
        {
            if (head.StartsWith(magic))
                return name;
        }

        return null;
    }

    /// <summary>The bytes after a byte order mark, if there is one.</summary>
    internal static ReadOnlySpan<byte> TextWithoutMark(ReadOnlySpan<byte> head) =>
        head.StartsWith("\uFEFF"u8) ? head[3..] : head;

    internal static bool IsUtf16(ReadOnlySpan<byte> head) =>
        head is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..] or [0, not 0, 0, not 0, ..] or [not 0, 0, not 0, 0, ..];

    private static string Compressed(string name, string program)
    {
        var file = program.Contains("FILE", StringComparison.Ordinal) ? "" : " FILE";
        return $"is compressed with {name}; decompress it first: {program}{file} | rx-alerting replay -";
    }

    private static string Columns(string name) => $"is {name}, which is not read here; write its rows as JSON objects, one a line";

    /// <summary>The character between the names of the first line, in words. Null if that line is not a heading of names.</summary>
    private static string? Separator(ReadOnlySpan<byte> text)
    {
        var end = text.IndexOfAny((byte)'\n', (byte)'\r');
        var line = Encoding.UTF8.GetString(text[..(end < 0 ? text.Length : end)]);
        if (IsHeading(','))
            return "commas";
        if (IsHeading('\t'))
            return "tabs";
        return IsHeading(';') ? "semicolons" : null;

        bool IsHeading(char separator) =>
            line.Split(separator) is { Length: >= FewestColumns } names
            && Array.TrueForAll(names, name => IsName(name.Trim('"', ' ')));
    }

    private static bool IsName(string text) =>
        text.Length > 0
        && char.IsAsciiLetter(text[0])
        && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-' or '.');
}
