using System.Text.Json;
using System.Text.Json.Serialization;

namespace Amazon.Kinesis.Protocol;

/// <summary>Seconds since the Unix epoch with a fraction, to the millisecond.</summary>
internal sealed class EpochConverter : JsonConverter<DateTime>
{
    public override DateTime Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        DateTime.UnixEpoch.AddMilliseconds((double)decimal.Round(reader.GetDecimal() * 1000m));

    public override void Write(Utf8JsonWriter writer, DateTime value, JsonSerializerOptions options) =>
        writer.WriteNumberValue(decimal.Round((decimal)(value.ToUniversalTime() - DateTime.UnixEpoch).TotalMilliseconds) / 1000m);
}
