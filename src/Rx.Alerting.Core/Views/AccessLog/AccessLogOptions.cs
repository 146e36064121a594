using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Views.AccessLog;

/// <summary>How lines of an access log become views.</summary>
[OptionSection("AccessLog")]
public sealed record AccessLogOptions
{
    /// <summary>The property of lines that name no virtual host.</summary>
    [Required(ErrorMessage = "is empty, must name a property")]
    public string Property { get; init; } = "access-log";

    /// <summary>HTTP statuses of failed requests.</summary>
    [Pattern("[0-9][0-9xX]{2}", "a status such as 404, or a class such as 5xx")]
    public IReadOnlyList<string> FailureStatuses { get; init; } = ["5xx"];

    /// <summary>Whether a status, by its number, is a failure.</summary>
    internal bool[] FailingStatuses()
    {
        var failing = new bool[1000];
        for (var status = 0; status < failing.Length; status++)
            failing[status] = FailureStatuses.Any(pattern => Fits(pattern, status));
        return failing;
    }

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
