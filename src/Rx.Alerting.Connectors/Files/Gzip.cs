using System.IO.Compression;

namespace Rx.Alerting.Connectors.Files;

/// <summary>The only place that opens gzip data for reading.</summary>
internal static class Gzip
{
    // Without it the framework takes the middle of gzip data for their end; it asks once, when it first meets an end.
    static Gzip() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The content of <paramref name="data"/>, which is disposed of with it; reading throws <see cref="InvalidDataException"/> where they are cut off or damaged.</summary>
#pragma warning disable RS0030
    internal static Stream Open(Stream data) => new GZipStream(data, CompressionMode.Decompress);
#pragma warning restore RS0030
}
