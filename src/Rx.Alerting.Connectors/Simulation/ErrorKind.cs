namespace Rx.Alerting.Connectors.Simulation;

/// <summary>Where in the delivery of a video an error arises.</summary>
internal enum Cause
{
    Delivery,
    License,
    Manifest,
    Decoding,
}

/// <summary>A class of errors that players report.</summary>
/// <param name="Id">The error type, as a view carries it.</param>
/// <param name="Status">The status of an HTTP server for this error. Unique, so that it can be the error type of a log.</param>
/// <param name="Cause">Where the error arises.</param>
/// <param name="Code">The player's name for the error.</param>
/// <param name="Message">The player's message.</param>
internal readonly record struct ErrorKind(int Id, int Status, Cause Cause, string Code, string Message)
{
    /// <summary>Errors that are failures.</summary>
    public static ErrorKind[] Failures { get; } =
    [
        new(2001, 502, Cause.Delivery, "networkError", "A network error interrupted the download"),
        new(2002, 504, Cause.Delivery, "segmentTimeout", "A segment did not arrive in time"),
        new(2003, 500, Cause.Delivery, "segmentNotFound", "A segment is missing at the edge"),
        new(2004, 521, Cause.Delivery, "connectionRefused", "The edge refused the connection"),
        new(2005, 525, Cause.Delivery, "tlsHandshakeError", "The secure connection could not be set up"),
        new(2006, 523, Cause.Delivery, "nameNotResolved", "The host name has no address"),
        new(2007, 503, Cause.Delivery, "originOverloaded", "The origin is overloaded"),
        new(2101, 511, Cause.License, "drmLicenseError", "The licence server refused the request"),
        new(2102, 561, Cause.License, "tokenExpired", "The playback token is no longer valid"),
        new(2103, 520, Cause.License, "drmProvisioningError", "The device could not be provisioned"),
        new(2104, 526, Cause.License, "authServiceError", "The entitlement service failed"),
        new(2105, 530, Cause.License, "keyRotationError", "The key of the next period is unknown"),
        new(2201, 524, Cause.Manifest, "manifestTimeout", "The manifest did not arrive in time"),
        new(2202, 501, Cause.Manifest, "manifestParseError", "The manifest is not valid: unexpected \"EXT-X-KEY\""),
        new(2203, 505, Cause.Manifest, "manifestStale", "The live playlist is no longer updated"),
        new(2204, 506, Cause.Manifest, "adManifestError", "The stitched manifest has no content"),
        new(2301, 507, Cause.Decoding, "decodeError", "The decoder gave up: bad NAL unit"),
        new(2302, 508, Cause.Decoding, "srcNotSupported", "The source is not supported by this device"),
        new(2303, 510, Cause.Decoding, "bufferAppendError", "Media could not be appended – timestamps overlap"),
        new(2304, 522, Cause.Decoding, "codecSwitchError", "Changing the codec failed"),
        new(2305, 527, Cause.Decoding, "audioTrackMissing", "The audio track is missing"),
        new(2306, 529, Cause.Decoding, "rendererReset", "The renderer was reset"),
    ];

    /// <summary>Errors that are the business's intent, not failures.</summary>
    public static ErrorKind[] BusinessExceptions { get; } =
    [
        new(3001, 451, Cause.License, "geoBlocked", "Not available in your country"),
        new(3002, 402, Cause.License, "subscriptionRequired", "A subscription is required"),
        new(3003, 429, Cause.License, "concurrencyLimit", "Too many devices are watching"),
    ];

    /// <summary>Errors that playback survives.</summary>
    public static ErrorKind[] Warnings { get; } =
    [
        new(4001, 206, Cause.Delivery, "segmentRetry", "A segment was fetched a second time"),
        new(4002, 404, Cause.Decoding, "captionsMissing", "The captions could not be loaded"),
    ];
}
