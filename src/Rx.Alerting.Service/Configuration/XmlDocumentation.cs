using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Rx.Alerting.Service.Configuration;

/// <summary>The documentation file that the compiler writes beside an assembly.</summary>
internal sealed partial class XmlDocumentation
{
    private readonly Dictionary<string, XElement> summaries;

    private XmlDocumentation(Dictionary<string, XElement> summaries) => this.summaries = summaries;

    /// <summary>Empty where the file is missing: options then have no description, and still work.</summary>
    public static XmlDocumentation Of(Assembly assembly)
    {
        var path = Path.Combine(AppContext.BaseDirectory, $"{assembly.GetName().Name}.xml");
        if (!File.Exists(path))
            return new XmlDocumentation([]);

        var summaries = XDocument.Load(path).Descendants("member")
            .Where(member => member.Element("summary") is not null)
            .ToDictionary(member => (string)member.Attribute("name")!, member => member.Element("summary")!);
        return new XmlDocumentation(summaries);
    }

    /// <summary>One line of plain text; references to code stand between backticks.</summary>
    public string SummaryOf(PropertyInfo property) =>
        summaries.TryGetValue($"P:{property.DeclaringType!.FullName}.{property.Name}", out var summary)
            ? Whitespace().Replace(string.Concat(summary.Nodes().Select(Text)), " ").Trim()
            : string.Empty;

    private static string Text(XNode node) => node switch
    {
        XText text => text.Value,
        XElement element when element.Attribute("cref") is { } reference => $"`{reference.Value[(reference.Value.LastIndexOf('.') + 1)..]}`",
        XElement element => $"`{element.Value}`",
        _ => string.Empty,
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Whitespace();
}
