using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The documentation files that the compiler writes beside the assemblies.</summary>
internal static partial class XmlDocumentation
{
    private static readonly Dictionary<Assembly, Dictionary<string, XElement>> Loaded = [];

    /// <summary>One line of plain text; code stands between backticks. Empty where the file is missing: options still work then.</summary>
    public static string SummaryOf(PropertyInfo property) =>
        SummaryOf(property.DeclaringType!.Assembly, $"P:{property.DeclaringType.FullName}.{property.Name}");

    /// <inheritdoc cref="SummaryOf(PropertyInfo)"/>
    public static string SummaryOf(Type type) => SummaryOf(type.Assembly, $"T:{type.FullName}");

    private static string SummaryOf(Assembly assembly, string member)
    {
        lock (Loaded)
        {
            if (!Loaded.TryGetValue(assembly, out var summaries))
                Loaded.Add(assembly, summaries = Load(Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml")));
            return summaries.TryGetValue(member, out var summary)
                ? Whitespace().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
                : string.Empty;
        }
    }

    private static Dictionary<string, XElement> Load(string path) => !File.Exists(path) ? [] : XDocument.Load(path).Descendants("member")
        .Where(member => member.Element("summary") is not null)
        .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!);

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when (string?)element.Attribute("cref") is { } name => $"`{name[(name.LastIndexOf('.') + 1)..]}`",
        XElement element => $"`{element.Value}`",
        _ => string.Empty,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
