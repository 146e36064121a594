using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Rx.Alerting.Core.Dumps;

/// <summary>The keys of the files of a dump: <c>COMMAND-ID/PIPELINE/…</c>.</summary>
internal static class DumpNames
{
    public const string Manifest = "manifest.json";

    /// <summary>More bytes than this are cut off and replaced by a hash: file systems bound the length of a name.</summary>
    private const int LongestName = 120;

    private const int HashCharacters = 32;

    /// <summary>The folder of a command.</summary>
    public static string Command(string commandId) => Safe(commandId);

    /// <summary>The folder of a pipeline in the folder of a command.</summary>
    public static string Pipeline(string command, string pipeline) => $"{command}/{Safe(pipeline)}";

    public static string Rows(DumpKind kind) => kind == DumpKind.ErrorRates ? "error-rates.jsonl.gz" : "incidents.jsonl.gz";

    /// <summary>A text as the name of a file or of a part of a key. Different texts have different names.</summary>
    /// <remarks>
    /// Letters, digits, <c>_</c>, <c>-</c>, and dots that are not at the beginning, stay as they are. Other bytes of UTF-8 become
    /// <c>~</c> and two hexadecimal digits. Of a long text, the end is replaced by <c>~~</c> and a hash.
    /// </remarks>
    public static string Safe(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in Encoding.UTF8.GetBytes(text))
        {
            if (char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'_' or (byte)'-' || (letter == '.' && name.Length > 0))
                name.Append((char)letter);
            else
                name.Append(CultureInfo.InvariantCulture, $"~{letter:X2}");
        }

        if (name.Length == 0)
            return "~";
        if (name.Length <= LongestName)
            return name.ToString();
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..HashCharacters];
        return $"{name.ToString(0, LongestName - HashCharacters)}~~{hash}";
    }
}
