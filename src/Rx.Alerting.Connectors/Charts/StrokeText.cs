namespace Rx.Alerting.Connectors.Charts;

/// <summary>Writes what charts say, as lines, so that no font is needed: digits, and the capitals of the few words.</summary>
internal static class StrokeText
{
    /// <summary>How high letters are.</summary>
    public const double Height = 8;

    private const double Unit = Height / 6;
    private const double Thickness = 1.1;
    private const double Gap = 2;

    /// <summary>For each character, its width and its lines: places as column and row, 0–5 and 0–6.</summary>
    private static readonly Dictionary<char, (int Width, string Lines)> Glyphs = new()
    {
        ['0'] = (4, "10 30 41 45 36 16 05 01 10"),
        ['1'] = (4, "11 20 26,16 36"),
        ['2'] = (4, "01 10 30 41 42 06 46"),
        ['3'] = (4, "01 10 30 41 42 33 23,33 44 45 36 16 05"),
        ['4'] = (4, "36 30 04 44"),
        ['5'] = (4, "40 00 02 32 43 45 36 16 05"),
        ['6'] = (4, "40 20 02 05 16 36 45 43 32 12 03"),
        ['7'] = (4, "00 40 16"),
        ['8'] = (4, "10 30 41 42 33 13 02 01 10,13 04 05 16 36 45 44 33"),
        ['9'] = (4, "06 26 44 41 30 10 01 03 14 34 43"),
        ['%'] = (5, "50 06,00 10 11 01 00,45 55 56 46 45"),
        ['.'] = (1, "06"),
        [':'] = (1, "02,05"),
        ['-'] = (3, "03 33"),
        [' '] = (2, ""),
        ['A'] = (4, "06 02 20 42 46,04 44"),
        ['C'] = (4, "41 30 10 01 05 16 36 45"),
        ['D'] = (4, "00 06 26 44 42 20 00"),
        ['E'] = (4, "40 00 06 46,03 33"),
        ['I'] = (2, "00 20,10 16,06 26"),
        ['L'] = (4, "00 06 46"),
        ['M'] = (4, "06 00 23 40 46"),
        ['N'] = (4, "06 00 46 40"),
        ['O'] = (4, "10 30 41 45 36 16 05 01 10"),
        ['R'] = (4, "06 00 30 41 42 33 03,23 46"),
        ['S'] = (4, "41 30 10 01 02 13 33 44 45 36 16 05"),
        ['T'] = (4, "00 40,20 26"),
        ['U'] = (4, "00 05 16 36 45 40"),
        ['X'] = (4, "00 46,40 06"),
    };

    public static double WidthOf(string text) => text.Length == 0 ? 0 : Unit * (text.Sum(letter => Glyphs[letter].Width + Gap) - Gap);

    /// <summary>Writes a text.</summary>
    /// <param name="canvas">Where.</param>
    /// <param name="text">Of characters that there are.</param>
    /// <param name="place">The upper corner at which the text begins, or at which it ends, or between both.</param>
    /// <param name="before">Which part of the text is before the place: 0 nothing, 1 all.</param>
    /// <param name="colour">Of the letters.</param>
    public static void Write(Canvas canvas, string text, Place place, double before, Colour colour)
    {
        var x = place.X - (before * WidthOf(text));
        foreach (var (width, lines) in text.Select(letter => Glyphs[letter]))
        {
            foreach (var line in lines.Split(',', StringSplitOptions.RemoveEmptyEntries))
                canvas.Line([.. line.Split(' ').Select(at => At(x, at))], Thickness, colour);
            x += Unit * (width + Gap);
        }

        Place At(double left, string at) => new(left + (Unit * (at[0] - '0')), place.Y + (Unit * (at[1] - '0')));
    }
}
