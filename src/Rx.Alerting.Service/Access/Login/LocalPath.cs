using System.Text;

namespace Rx.Alerting.Service.Access.Login;

/// <summary>Where a login leads back to: always a path of the service, whoever has made the link.</summary>
internal static class LocalPath
{
    public const string Home = "/";

    private const int Longest = 2000;

    /// <param name="text">What a request asks for.</param>
    /// <returns><see cref="Home"/> where the text is no path of the service, or a browser could take it for another site's.</returns>
    public static string Of(string? text) =>
        text is { Length: > 0 and <= Longest } && Ascii.IsValid(text) && !text.Any(char.IsWhiteSpace) && IsLocal(text)
        && IsLocal(Decoded(text)) ? text : Home;

    /// <summary>
    /// Browsers take a backslash for a slash, and leave tabs and line ends out: <c>//</c>, <c>/\</c> and a tab between slashes name a host.
    /// A blank within a name stays where it is.
    /// </summary>
    private static bool IsLocal(string text) =>
        text[0] == '/'
        && (text.Length == 1 || text[1] != '/')
        && !text.Contains('\\', StringComparison.Ordinal)
        && !text.Any(char.IsControl);

    /// <summary>What a proxy may make of it. Only the path matters: a blank in a query leads nowhere else.</summary>
    private static string Decoded(string text) => Uri.UnescapeDataString(text.Split('?', '#')[0]);
}
