using System.Collections.Frozen;
using System.Globalization;

namespace Rx.Alerting.Core.Views.Mux;

/// <summary>
/// The numbers of the message's fields by their names, as version 17 of <c>VideoView</c> has them. Texts, whole numbers (<c>i</c>) and
/// truth values (<c>b</c>): what views can have in common. Times and measures are left out.
/// </summary>
internal static class MuxProtobufNames
{
    private const string Table =
        """
        1 view_id, 6i asn, 7 browser, 8 browser_version, 9 cdn, 10 city, 11 continent_code, 12 country, 13 country_name, 14 custom_1,
        15 custom_2, 16 custom_3, 17 custom_4, 18 custom_5, 19i error_type, 20b exit_before_video_start, 21 experiment_name,
        26 mux_api_version, 27 mux_embed_version, 28 mux_viewer_id, 29 operating_system, 30 operating_system_version,
        31i page_load_time, 32 page_type, 33 page_url, 35b player_autoplay, 36 player_error_code, 37 player_error_message,
        38i player_height, 39 player_instance_id, 40 player_language, 41 player_mux_plugin_name, 42 player_mux_plugin_version,
        43 player_name, 44 player_poster, 45b player_preload, 46b player_remote_played, 47 player_software,
        48 player_software_version, 49 player_source_domain, 50i player_source_duration, 51i player_source_height,
        52 player_source_url, 53i player_source_width, 54i player_startup_time, 55 player_version, 56i player_view_count,
        57i player_width, 58i rebuffer_count, 59i rebuffer_duration, 62 region, 63 session_id, 65 source_hostname,
        66 source_type, 68 sub_property_id, 69b used_fullscreen, 70 video_content_type, 71i video_duration,
        72 video_encoding_variant, 73 video_id, 74 video_language, 75 video_producer, 77 video_series, 78i video_startup_time,
        79 video_title, 80 video_variant_id, 81 video_variant_name, 83i view_max_playhead_position, 84i view_playing_time,
        85i view_seek_count, 86i view_seek_duration, 87 view_session_id, 88i view_total_content_playback_time,
        92 viewer_application_engine, 93 viewer_connection_type, 94 viewer_device_category, 95 viewer_device_manufacturer,
        96 viewer_device_name, 98 viewer_os_architecture, 99 viewer_user_agent, 100 viewer_user_id, 101i watch_time,
        102b watched, 104 preroll_ad_asset_hostname, 105 preroll_ad_tag_hostname, 106b preroll_played, 107b preroll_requested,
        108i requests_for_first_preroll, 109i video_startup_preroll_load_time, 110i video_startup_preroll_request_time,
        111i max_request_latency, 112i request_latency, 113i request_throughput, 114 stream_type, 116 asset_id,
        117 live_stream_id, 118 playback_id, 119i live_stream_latency, 120 environment_id, 121 viewer_device_model,
        122 mux_embed, 123 custom_6, 124 custom_7, 125 custom_8, 126 custom_9, 127 custom_10, 128 view_drm_type,
        129i view_dropped_frame_count, 130b view_has_ad, 131b video_startup_failure, 132i ad_attempt_count, 133i ad_break_count,
        134i ad_break_error_count, 136i ad_error_count, 138i ad_impression_count, 139i ad_startup_error_count,
        141i ad_exit_before_start_count, 143i playback_failure_error_type_id, 144i playback_business_exception_error_type_id,
        145i video_startup_business_exception_error_type_id, 146i ad_playback_failure_error_type_id,
        147i view_content_startup_time, 148i ad_preroll_startup_time, 149i ad_playing_time, 150i view_content_playing_time,
        151b view_dropped, 152 custom_11, 153 custom_12, 154 custom_13, 155 custom_14, 156 custom_15, 157 custom_16,
        158 custom_17, 159 custom_18, 160 custom_19, 161 custom_20, 162b used_captions, 163b used_pip, 164 video_affiliate,
        165 audio_codec, 166 video_brand, 167 video_codec, 168 video_dynamic_range_type, 169 view_cdn_edge_pop,
        170 view_cdn_origin, 171 client_application_name, 172 client_application_version, 173 view_drm_level,
        174b time_shift_enabled, 175 viewer_plan, 176 viewer_plan_category, 177 viewer_plan_status, 178 video_creator_id,
        180 player_playback_mode, 181 player_playback_mode_data, 184i view_rendition_change_count,
        185i view_rendition_upshift_count, 186i view_rendition_downshift_count, 187i player_height_initial,
        188i player_source_bitrate_initial, 190i player_width_initial, 191 audio_codec_initial, 192 video_codec_initial,
        193 video_dynamic_range_type_initial, 194i player_source_bitrate
        """;

    private static readonly FrozenDictionary<string, (int Number, char Kind)> Fields = Table
        .Split([',', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(field => field.Split(' '))
        .ToFrozenDictionary(
            field => field[1],
            field => (int.Parse(field[0].TrimEnd('i', 'b'), CultureInfo.InvariantCulture), field[0][^1]));

    /// <summary>Finds a field.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="number">Its number.</param>
    /// <param name="isText">Whether it is a text; else a number.</param>
    /// <param name="isTruth">Whether the number is a truth value.</param>
    /// <returns>Whether there is such a field.</returns>
    public static bool TryFind(string name, out int number, out bool isText, out bool isTruth)
    {
        var isThere = Fields.TryGetValue(name, out var field);
        (number, isText, isTruth) = (field.Number, char.IsAsciiDigit(field.Kind), field.Kind == 'b');
        return isThere;
    }
}
