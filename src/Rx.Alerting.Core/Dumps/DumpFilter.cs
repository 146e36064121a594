using System.Text;
using Rx.Alerting.Core.Control;

namespace Rx.Alerting.Core.Dumps;

/// <summary>
/// Which rows a dump has. Each part is a text, or a pattern with <c>*</c> for any text and <c>?</c> for one character. A part that is null
/// or <c>*</c> fits every row. Any other part does not fit a row without such a value.
/// </summary>
/// <param name="Property">The property.</param>
/// <param name="Title">The id of the title.</param>
/// <param name="ErrorType">The error type.</param>
public sealed record DumpFilter(string? Property = null, string? Title = null, string? ErrorType = null)
{
    internal bool FitsProperty(byte[] name) => Fits(Property, name);

    internal bool FitsTitle(byte[]? name) => Fits(Title, name);

    internal bool FitsErrorType(byte[]? name) => Fits(ErrorType, name);

    private static bool Fits(string? pattern, byte[]? name) =>
        pattern is null or "*" || (name is not null && Glob.IsMatch(pattern, Encoding.UTF8.GetString(name)));
}
