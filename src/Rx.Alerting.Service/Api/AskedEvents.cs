namespace Rx.Alerting.Service.Api;

/// <summary>Which events a request asks for.</summary>
internal sealed class AskedEvents
{
    private const string Header = "Last-Event-ID", Parameter = "lastEventId";

    public AskedEvents(HttpRequest request)
    {
        var reader = new QueryReader(request.Query, Parameter);
        var parameter = request.Query[Parameter];
        // Of two ids, either may be the latest one that was seen. What was missed behind the other one would be lost.
        if (parameter.Count > 1)
            reader.Fault(Parameter, "must be given once");
        Faults = reader.Faults;
        // Two headers are one text, which is no id that is known: so events begin anew.
        LastId = request.Headers[Header].ToString() is { Length: > 0 } header ? header
            : parameter is [{ Length: > 0 } text] ? text
            : null;
    }

    /// <summary>The latest id that was seen. Null: none, as when it is empty.</summary>
    /// <remarks>The header is what a browser sends when it comes again. Then the address is as old as the page.</remarks>
    public string? LastId { get; }

    /// <summary>What is wrong, by parameter.</summary>
    public Dictionary<string, string[]> Faults { get; }
}
