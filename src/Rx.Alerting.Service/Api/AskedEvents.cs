namespace Rx.Alerting.Service.Api;

/// <summary>Which events a request asks for.</summary>
internal sealed class AskedEvents
{
    private const string Header = "Last-Event-ID", Parameter = "lastEventId";

    public AskedEvents(HttpRequest request)
    {
        var reader = new QueryReader(request.Query, Parameter);
        var (header, parameter) = (request.Headers[Header], request.Query[Parameter]);
        // Of two ids, either may be the latest one that was seen. What was missed behind the other one would be lost.
        if (header.Count > 1)
            reader.Fault(Header, "must be given once");
        if (parameter.Count > 1)
            reader.Fault(Parameter, "must be given once");
        Faults = reader.Faults;
        LastId = header is [{ Length: > 0 } text] ? text : parameter is [{ Length: > 0 } other] ? other : null;
    }

    /// <summary>The latest id that was seen. Null: none, as when it is empty.</summary>
    /// <remarks>The header is what a browser sends when it comes again. Then the address is as old as the page.</remarks>
    public string? LastId { get; }

    /// <summary>What is wrong, by parameter or header.</summary>
    public Dictionary<string, string[]> Faults { get; }
}
