namespace Rx.Alerting.Core.Checkpoints;

/// <summary>Parses the fields of a line of a <see cref="StateLayout"/>, by recursive descent.</summary>
internal sealed class StateFieldParser
{
    private readonly string[] tokens;
    private int position;

    private StateFieldParser(string line) => tokens = Split(line);

    private string? Token => position < tokens.Length ? tokens[position] : null;

    /// <exception cref="FormatException">Not a list of fields.</exception>
    public static IReadOnlyList<StateField> Parse(string line)
    {
        var parser = new StateFieldParser(line);
        var fields = parser.Fields();
        return parser.Token is null
            ? fields
            : throw new FormatException($"“{parser.Token}” is one too many in the layout “{line}”.");
    }

    private List<StateField> Fields()
    {
        var fields = new List<StateField> { Field() };
        while (TryTake(","))
            fields.Add(Field());
        return fields;
    }

    private StateField Field()
    {
        var name = Take();
        var type = Take();
        IReadOnlyList<StateField> inner = [];
        if (type is "(" or "[")
        {
            inner = Fields();
            type += Take();
        }

        var conditional = TryTake("if");
        var expected = !(conditional && TryTake("!"));
        return new StateField(name, type, inner, conditional ? Take() : null, expected);
    }

    private string Take() => Token is null ? throw new FormatException("A layout ends too early.") : tokens[position++];

    private bool TryTake(string token)
    {
        if (Token != token)
            return false;
        position++;
        return true;
    }

    private static string[] Split(string line)
    {
        foreach (var mark in (string[])["(", ")", "[", "]", ",", "!"])
            line = line.Replace(mark, $" {mark} ", StringComparison.Ordinal);
        return line.Split((char[])[' ', '\n'], StringSplitOptions.RemoveEmptyEntries);
    }
}
