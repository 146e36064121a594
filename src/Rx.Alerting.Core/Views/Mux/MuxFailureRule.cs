using System.Text;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Decides whether a Mux view failed, and with which error type.</summary>
/// <remarks>
/// <para>A field is <em>not set</em> in these cases:</para>
/// <list type="bullet">
/// <item>it is absent or null</item>
/// <item><c>NaN</c> or <c>Infinity</c>: pandas writes them for missing values</item>
/// <item>the number 0, in any notation, and the text <c>"0"</c></item>
/// <item><c>false</c></item>
/// <item>an empty text, object or array</item>
/// </list>
/// <para>
/// Every other value is set, also the texts <c>"0.0"</c>, <c>"NaN"</c>, <c>"null"</c> and <c>"false"</c>. Each of those texts is an error
/// type of its own. A field is <em>true</em> if it is <c>true</c>, a number other than 0, or the text <c>"true"</c> or <c>"1"</c>.
/// </para>
/// <para>
/// Mux distinguishes playback failures, business exceptions and warnings. Only playback failures are failures. Exports since streaming
/// version 9 have three fields for the outcome, older exports do not. The first row that fits decides:
/// </para>
/// <list type="table">
/// <listheader><term>The record says</term><description>The view</description></listheader>
/// <item><term><c>playback_failure_error_type_id</c> is set</term><description>failed with that type</description></item>
/// <item>
/// <term><c>playback_business_exception_error_type_id</c> or <c>video_startup_business_exception_error_type_id</c> is set</term>
/// <description>did not fail: a business exception</description>
/// </item>
/// <item>
/// <term>one of those three fields is there (null in JSON), and <c>video_startup_failure</c> is true</term>
/// <description>failed with type <c>video_startup_failure</c>: Mux does not set that field for exceptions and warnings</description>
/// </item>
/// <item><term>one of those three fields is there</term><description>did not fail: a warning, if anything</description></item>
/// <item><term>none of them is there, <c>error_type</c> is set</term><description>failed with that type</description></item>
/// <item><term>none of them is there, <c>player_error_code</c> is set</term><description>failed with that type</description></item>
/// <item><term><c>video_startup_failure</c> is true</term><description>failed with type <c>video_startup_failure</c></description></item>
/// <item><term>anything else</term><description>did not fail</description></item>
/// </list>
/// <para>Source: Mux's guides on error categorization and on exporting raw video view data.</para>
/// </remarks>
internal static class MuxFailureRule
{
    internal static ReadOnlySpan<byte> StartupFailureType => "video_startup_failure"u8;

    /// <summary>The field that names the error type. Exception: the type of <c>StartupFailure</c> is <c>StartupFailureType</c>.</summary>
    /// <returns><see cref="MuxField.None"/> if the view did not fail.</returns>
    internal static MuxField ErrorTypeField(ViewBatch batch, in MuxValues values)
    {
        var failure = values[(int)MuxField.PlaybackFailure];
        var exception = values[(int)MuxField.PlaybackBusinessException];
        var startupException = values[(int)MuxField.StartupBusinessException];
        var categorised = (failure.Kind | exception.Kind | startupException.Kind) != MuxValueKind.Absent;
        if (categorised && IsSet(batch, failure))
            return MuxField.PlaybackFailure;
        if (categorised && (IsSet(batch, exception) || IsSet(batch, startupException)))
            return MuxField.None;
        if (!categorised && IsSet(batch, values[(int)MuxField.ErrorType]))
            return MuxField.ErrorType;
        if (!categorised && IsSet(batch, values[(int)MuxField.PlayerErrorCode]))
            return MuxField.PlayerErrorCode;
        return IsTrue(batch, values[(int)MuxField.StartupFailure]) ? MuxField.StartupFailure : MuxField.None;
    }

    private static bool IsSet(ViewBatch batch, MuxValue value) => value.Kind switch
    {
        MuxValueKind.Text => !value.Range.IsEmpty && !batch.Bytes(value.Range).SequenceEqual("0"u8),
        MuxValueKind.Number => !JsonNumbers.IsZero(batch.Bytes(value.Range)),
        MuxValueKind.Int32 => value.Range.Offset != 0,
        MuxValueKind.EscapedText or MuxValueKind.True or MuxValueKind.Nested => true,
        _ => false,
    };

    private static bool IsTrue(ViewBatch batch, MuxValue value) => value.Kind switch
    {
        MuxValueKind.True => true,
        MuxValueKind.Text => Ascii.EqualsIgnoreCase(batch.Bytes(value.Range), "true"u8) || batch.Bytes(value.Range).SequenceEqual("1"u8),
        MuxValueKind.Number => !JsonNumbers.IsZero(batch.Bytes(value.Range)),
        _ => false,
    };
}
