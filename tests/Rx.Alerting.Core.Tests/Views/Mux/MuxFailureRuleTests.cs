using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Core.Tests.Views.Mux;

/// <summary>The table in the remarks of <c>MuxFailureRule</c>, row by row, on JSON.</summary>
public sealed class MuxFailureRuleTests
{
    private const string Code = "\"player_error_code\":\"2000\"";
    private const string Type = "\"error_type\":9";
    private const string Failure = "\"playback_failure_error_type_id\"";
    private const string Exception = "\"playback_business_exception_error_type_id\"";
    private const string StartupException = "\"video_startup_business_exception_error_type_id\"";
    private const string Startup = "\"video_startup_failure\":true";

    [Theory]
    [InlineData($"{Failure}:5,{Type},{Code}", "5")]
    [InlineData($"{Failure}:\"5\"", "5")]
    [InlineData($"{Failure}:5,{Exception}:6", "5")]
    [InlineData($"{Failure}:null,{Exception}:6,{Type},{Code}", null)]
    [InlineData($"{Exception}:6,{Type},{Code}", null)]
    [InlineData($"{StartupException}:6,{Startup}", null)]
    [InlineData($"{Failure}:null,{Exception}:null,{StartupException}:null,{Type},{Code}", null)]
    [InlineData($"{Failure}:0,{Type}", null)]
    [InlineData($"{Failure}:\"\",{Type}", null)]
    [InlineData($"{Failure}:null,{Startup},{Type}", "video_startup_failure")]
    [InlineData($"{Type},{Code}", "9")]
    [InlineData($"\"error_type\":0,{Code}", "2000")]
    [InlineData($"\"error_type\":null,{Code}", "2000")]
    [InlineData($"\"error_type\":\"\",{Code},{Startup}", "2000")]
    [InlineData($"\"error_type\":\"0\",{Startup}", "video_startup_failure")]
    [InlineData(Startup, "video_startup_failure")]
    [InlineData("\"video_startup_failure\":\"true\"", "video_startup_failure")]
    [InlineData("\"video_startup_failure\":false", null)]
    [InlineData("\"player_error_message\":\"odd\"", null)]
    [InlineData("\"cdn\":\"c\"", null)]
    public void ErrorType_Fields_FollowTheTable(string fields, string? expected) =>
        Assert.Equal(expected, Decode(fields).ErrorType());

    [Theory]
    [InlineData($"{Type},{Code},\"player_error_message\":\"lost\"", "lost")]
    [InlineData($"{Type},{Code},\"player_error_message\":\"\"", "2000")]
    [InlineData($"{Type},{Code}", "2000")]
    [InlineData(Type, "")]
    public void Message_Fields_IsWhatThePlayerSaid(string fields, string expected) => Assert.Equal(expected, Decode(fields).Message());

    private static ViewBatch Decode(string fields) =>
        new MuxJsonDecoder().Decode($$"""{{{fields}},"property_id":"p","view_end":1431857103}""");
}
