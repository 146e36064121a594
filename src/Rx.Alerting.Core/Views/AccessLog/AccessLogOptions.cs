using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>Section <c>AccessLog</c>: how lines of an access log become views.</summary>
public sealed record AccessLogOptions
{
    /// <summary>Property of lines that name no virtual host. Not empty; default <c>access-log</c>.</summary>
    public string Property { get; init; } = "access-log";

    /// <summary>Statuses of failures: three digits, or a class such as <c>5xx</c>. Default 5xx.</summary>
    public IReadOnlyList<string> FailureStatuses { get; init; } = ["5xx"];

    /// <summary>Adds every fault of these options.</summary>
    public void Validate(OptionFaults faults)
    {
        faults.Require(Property.Length > 0, "AccessLog:Property", "is empty, must name a property");
        foreach (var pattern in FailureStatuses)
            faults.Require(IsPattern(pattern), "AccessLog:FailureStatuses", $"has \"{pattern}\", must be a status such as 404, or a class such as 5xx");
    }

    /// <summary>Whether a status, by its number, is a failure.</summary>
    internal bool[] FailingStatuses()
    {
        var failing = new bool[1000];
        for (var status = 0; status < failing.Length; status++)
            failing[status] = FailureStatuses.Any(pattern => Fits(pattern, status));
        return failing;
    }

    private static bool IsPattern(string pattern) =>
        pattern.Length == 3 && char.IsAsciiDigit(pattern[0]) && pattern[1..].All(c => char.IsAsciiDigit(c) || c is 'x' or 'X');

    private static bool Fits(string pattern, int status)
    {
        for (var i = 2; i >= 0; i--, status /= 10)
        {
            if (pattern[i] is not ('x' or 'X') && pattern[i] - '0' != status % 10)
                return false;
        }

        return true;
    }
}
