using System.Text;

namespace Rx.Alerting.Service.Configuration;

/// <summary>Reads secrets from files: where <c>TokenFile</c> is set, <c>Token</c> is what the file holds.</summary>
internal static class SecretFiles
{
    private const string Suffix = "File";
    private const StringSplitOptions Lines = StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries;
    private const int LongestSecret = 64 * 1024;

    /// <summary>Editors of some systems write it before the text.</summary>
    private const char ByteOrderMark = '\uFEFF';

    /// <summary>Begins a line of a list that is for people.</summary>
    private const char Comment = '#';

    /// <summary>Every fault; empty when all is well. No fault has a secret in it.</summary>
    public static IEnumerable<string> Read(Settings settings)
    {
        foreach (var entry in OptionCatalogue.All.Where(entry => entry.IsSecret))
        {
            if (OptionCatalogue.FindAll(entry.Key + Suffix).FirstOrDefault(other => other.Section == entry.Section) is not { } file)
                continue;
            foreach (var name in entry.NamesIn(settings).DefaultIfEmpty(string.Empty).ToList())
            {
                if (file.Get(settings, name) is { Length: > 0 } path && Read(settings, entry, name, path) is { } fault)
                    yield return $"{OptionKey.Named(file.Key, name)} {fault}";
            }
        }
    }

    private static string? Read(Settings settings, OptionEntry entry, string name, string path)
    {
        if (entry.Get(settings, name) != entry.Default)
            return $"is set, and so is {OptionKey.Named(entry.Key, name)}; give one of them";
        try
        {
            var bytes = new byte[LongestSecret + 1];
            using var file = File.OpenRead(path);
            var length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (length > LongestSecret)
                return $"is {path}, which is longer than {LongestSecret / 1024} KiB";
            var text = Encoding.UTF8.GetString(bytes, 0, length).TrimStart(ByteOrderMark).Trim();
            var lines = text.Split('\n', Lines).Where(line => line[0] != Comment).ToArray();
            if (text.Length == 0 || (entry.IsList && lines.Length == 0))
                return $"is {path}, which is empty";
            entry.Set(settings, name, entry.IsList ? lines : text);
            return null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return $"is {path}, which cannot be read: {problem.Message}";
        }
    }
}
