using System.Text.Json;

namespace Rx.Alerting.Service.Api;

/// <summary>Names of values as the API writes them.</summary>
internal static class ApiNames
{
    /// <summary><c>GivenUp</c> becomes <c>given_up</c>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
