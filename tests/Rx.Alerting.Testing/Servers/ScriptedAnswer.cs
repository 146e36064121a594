using System.Globalization;
using System.Text;

namespace Rx.Alerting.Testing.Servers;

/// <summary>A request that a server has read.</summary>
/// <param name="Method">GET, POST, …</param>
/// <param name="Target">Path and query.</param>
/// <param name="Headers">By name, in any case.</param>
/// <param name="Body">As UTF-8.</param>
public sealed record ScriptedRequest(string Method, string Target, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public string Path => Target.Split('?')[0];

    /// <summary>The body as it came.</summary>
    public IReadOnlyList<byte> Content { get; init; } = [];
}

/// <summary>How a server fails.</summary>
public enum ScriptedFault
{
    None,

    /// <summary>It closes the connection instead of answering.</summary>
    Cut,

    /// <summary>It closes the connection in the middle of the answer.</summary>
    CutBody,

    /// <summary>It does not answer.</summary>
    Hang,
}

/// <summary>What a server answers.</summary>
/// <param name="Status">The status.</param>
/// <param name="Body">In JSON, mostly.</param>
/// <param name="Headers">Further headers, each as <c>Name: value</c>.</param>
public sealed record ScriptedAnswer(int Status, string Body = "", params string[] Headers)
{
    public static ScriptedAnswer Cut { get; } = new(0) { Fault = ScriptedFault.Cut };

    public static ScriptedAnswer Hang { get; } = new(0) { Fault = ScriptedFault.Hang };

    public ScriptedFault Fault { get; init; }

    /// <summary>How long the client waits for the answer. What the request does is done before.</summary>
    public TimeSpan Delay { get; init; }

    internal byte[] Bytes
    {
        get
        {
            var body = Encoding.UTF8.GetBytes(Body);
            var length = (body.Length + (Fault == ScriptedFault.CutBody ? 1 : 0)).ToString(CultureInfo.InvariantCulture);
            string[] lines =
                [$"HTTP/1.1 {Status.ToString(CultureInfo.InvariantCulture)} Scripted", $"Content-Length: {length}", .. Headers, "", ""];
            return [.. Encoding.ASCII.GetBytes(string.Join("\r\n", lines)), .. body];
        }
    }
}
