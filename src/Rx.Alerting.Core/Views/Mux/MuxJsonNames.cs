namespace Rx.Alerting.Core.Views.Mux;

/// <summary>Finds the fields of Mux's JSON by their names. A name is compared with the names of its length only: at most four.</summary>
internal static class MuxJsonNames
{
    /// <summary>Length in bytes of the longest name.</summary>
    internal const int LongestName = 46;

    internal static MuxField Find(ReadOnlySpan<byte> name) => name.Length switch
    {
        3 => name.SequenceEqual("cdn"u8) ? Field(Dimension.Cdn)
            : name.SequenceEqual("asn"u8) ? Field(Dimension.Asn) : MuxField.None,
        7 => name.SequenceEqual("view_id"u8) ? MuxField.ViewId
            : name.SequenceEqual("country"u8) ? Field(Dimension.Country)
            : name.SequenceEqual("browser"u8) ? Field(Dimension.Browser) : MuxField.None,
        8 => name.SequenceEqual("view_end"u8) ? MuxField.ViewEnd
            : name.SequenceEqual("video_id"u8) ? MuxField.VideoId : MuxField.None,
        10 => name.SequenceEqual("error_type"u8) ? MuxField.ErrorType : MuxField.None,
        11 => name.SequenceEqual("property_id"u8) ? MuxField.PropertyId
            : name.SequenceEqual("video_title"u8) ? MuxField.VideoTitle
            : name.SequenceEqual("player_name"u8) ? Field(Dimension.PlayerName)
            : name.SequenceEqual("stream_type"u8) ? Field(Dimension.StreamType) : MuxField.None,
        14 => name.SequenceEqual("player_version"u8) ? Field(Dimension.PlayerVersion)
            : name.SequenceEqual("viewer_user_id"u8) ? Field(Dimension.Viewer) : MuxField.None,
        16 => name.SequenceEqual("operating_system"u8) ? Field(Dimension.OperatingSystem) : MuxField.None,
        17 => name.SequenceEqual("player_error_code"u8) ? MuxField.PlayerErrorCode : MuxField.None,
        20 => name.SequenceEqual("player_error_message"u8) ? MuxField.PlayerErrorMessage : MuxField.None,
        21 => name.SequenceEqual("video_startup_failure"u8) ? MuxField.StartupFailure : MuxField.None,
        22 => name.SequenceEqual("viewer_device_category"u8) ? Field(Dimension.DeviceCategory) : MuxField.None,
        30 => name.SequenceEqual("playback_failure_error_type_id"u8) ? MuxField.PlaybackFailure : MuxField.None,
        41 => name.SequenceEqual("playback_business_exception_error_type_id"u8) ? MuxField.PlaybackBusinessException : MuxField.None,
        46 => name.SequenceEqual("video_startup_business_exception_error_type_id"u8) ? MuxField.StartupBusinessException : MuxField.None,
        _ => MuxField.None,
    };

    private static MuxField Field(Dimension dimension) => MuxField.FirstDimension + (int)dimension;
}
