using System.Security.Cryptography;
using System.Text.Json;

namespace Rx.Alerting.Service.Forms;

/// <summary>A form that sends a command: its type, and the command's members by the fields that hold them.</summary>
/// <param name="Type">Of the command.</param>
/// <param name="Members">The command's members that are fields of the form under the same name.</param>
internal sealed record CommandForm(string Type, params string[] Members)
{
    /// <summary>Fields that all forms have.</summary>
    public const string Id = "id", By = "by";

    /// <summary>The most characters of a field that are looked at: more than any member may have.</summary>
    public const int LongestField = 4000;

    private const char Said = '~';

    /// <summary>Fields that say something about a command, and do not change what it does.</summary>
    private static readonly string[] Remarks = ["note", "comment", By];

    /// <summary>
    /// The id of the command of a form. A command with a known id does nothing, and what is said with it would be dropped. So the id
    /// depends on that: the same form with another comment is another command, which is answered.
    /// </summary>
    public static string IdOf(FormState state)
    {
        var remarks = JsonSerializer.SerializeToUtf8Bytes(
            [.. Remarks.Select(field => state.Value(field).Trim())], FormJson.Default.StringArray);
        return $"{state.Id}{Said}{Convert.ToHexStringLower(SHA256.HashData(remarks).AsSpan(0, 4))}";
    }

    /// <summary>Makes the control message. A field that is empty is a member that is missing.</summary>
    /// <param name="state">What was typed.</param>
    /// <param name="others">Members that are made of fields in another way, or are known.</param>
    public byte[] Message(FormState state, params IEnumerable<KeyValuePair<string, string>> others)
    {
        var members = new Dictionary<string, string>(StringComparer.Ordinal) { ["type"] = Type, [Id] = IdOf(state) };
        foreach (var field in Members.Append(By))
        {
            if (state.Value(field).Trim() is { Length: > 0 } text)
                members[field] = text;
        }

        foreach (var (member, value) in others)
            members[member] = value;
        return JsonSerializer.SerializeToUtf8Bytes(members, FormJson.Default.DictionaryStringString);
    }
}
