using System.Globalization;
using System.Net;
using System.Text;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>
/// Writes SVG. Texts are escaped. Colours come from classes, so that a page can be dark; there is no style attribute, which strict content
/// security policies forbid.
/// </summary>
internal sealed class Svg
{
    private readonly StringBuilder text = new();

    public Svg Rectangle(string css, double left, double top, double right, double bottom)
    {
        var (width, height) = (Math.Max(0, right - left), Math.Max(0, bottom - top));
        return Add($"""<rect class="{css}" x="{left:0.#}" y="{top:0.#}" width="{width:0.#}" height="{height:0.#}"/>""");
    }

    public Svg Line(string css, double x1, double y1, double x2, double y2) =>
        Add($"""<line class="{css}" x1="{x1:0.#}" y1="{y1:0.#}" x2="{x2:0.#}" y2="{y2:0.#}"/>""");

    public Svg Circle(string css, double x, double y, double radius) =>
        Add($"""<circle class="{css}" cx="{x:0.#}" cy="{y:0.#}" r="{radius:0.#}"/>""");

    /// <param name="css">The class.</param>
    /// <param name="line">From left to right.</param>
    /// <param name="bottom">The area between the line and there; null: the line only.</param>
    public Svg Path(string css, IReadOnlyList<Place> line, double? bottom = null)
    {
        text.Append(CultureInfo.InvariantCulture, $"""<path class="{css}" d="M""");
        foreach (var (index, place) in line.Index())
            text.Append(index == 0 ? "" : "L").Append(CultureInfo.InvariantCulture, $"{place.X:0.#} {place.Y:0.#}");
        if (bottom is { } y)
            text.Append(CultureInfo.InvariantCulture, $"L{line[^1].X:0.#} {y:0.#}L{line[0].X:0.#} {y:0.#}Z");
        text.Append("\"/>");
        return this;
    }

    /// <param name="css">The class.</param>
    /// <param name="x">Where it begins, is centred or ends.</param>
    /// <param name="y">Its base line.</param>
    /// <param name="anchor"><c>start</c>, <c>middle</c> or <c>end</c>.</param>
    /// <param name="words">Any text.</param>
    public Svg Text(string css, double x, double y, string anchor, string words) =>
        Add($"""<text class="{css}" x="{x:0.#}" y="{y:0.#}" text-anchor="{anchor}">{WebUtility.HtmlEncode(words)}</text>""");

    public override string ToString() => text.ToString();

    private Svg Add(FormattableString element)
    {
        text.Append(element.ToString(CultureInfo.InvariantCulture));
        return this;
    }
}
