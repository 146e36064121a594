using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Connectors.Framing;

/// <summary>How records of a format are read.</summary>
internal sealed record RecordFormatTraits
{
    /// <summary>How records follow each other; longer records than so many bytes are passed over.</summary>
    internal required Func<int, RecordFraming> Framing { get; init; }

    /// <summary>Makes a decoder; its second argument is how many successful views there are to one that keeps its circumstances.</summary>
    internal required Func<AccessLogOptions, int, IViewDecoder> Decoder { get; init; }

    /// <summary>Reads fields that are no dimensions, by their names. Null: the records have no names.</summary>
    internal Func<IReadOnlyList<string>, IFurtherFields>? Further { get; init; }

    /// <summary>Text has lines, may begin with a byte order mark, and shows in the middle where the next record begins.</summary>
    internal required bool IsText { get; init; }

    /// <summary>
    /// The decoder tells whether there is more behind a record, so that the value of a message is first tried as a whole.
    /// </summary>
    internal required bool EndsItself { get; init; }

    /// <summary>Whether bytes behind a zero byte are of another format, and not records behind zeros and blanks.</summary>
    internal Func<ReadOnlySpan<byte>, bool> IsForeignBehindZero { get; init; } = _ => false;

    /// <summary>
    /// How long the part is that a serializer with a schema registry writes between the schema's number and the record; null: no record
    /// follows.
    /// </summary>
    internal Func<ReadOnlySpan<byte>, int?> SchemaPath { get; init; } = _ => null;
}

/// <summary>The table of formats. Encoders have a table in <c>Simulation/Formats</c>, which knows this room, not the reverse.</summary>
internal static class RecordFormats
{
    private static readonly Dictionary<RecordFormat, RecordFormatTraits> Table = new()
    {
        [RecordFormat.MuxJson] = new()
        {
            Framing = maximumBytes => new JsonFraming(maximumBytes),
            Decoder = (_, every) => new MuxJsonDecoder(every),
            Further = names => new MuxJsonFurther(names),
            IsText = true,
            EndsItself = true,
            IsForeignBehindZero = IsNoJsonBehindBlanks,
            SchemaPath = record => IsJson(record) ? 0 : null,
        },
        [RecordFormat.MuxProtobuf] = new()
        {
            Framing = maximumBytes => new DelimitedFraming(maximumBytes),
            Decoder = (_, every) => new MuxProtobufDecoder(every),
            Further = names => new MuxProtobufFurther(names),
            IsText = false,
            EndsItself = true,
            SchemaPath = record => ForeignValue.MessagePath(record) is > 0 and var path ? path : null,
        },
        [RecordFormat.AccessLog] = new()
        {
            Framing = maximumBytes => new LineFraming(maximumBytes),
            Decoder = (options, every) => new AccessLogDecoder(options, every),
            IsText = true,
            EndsItself = false,
        },
    };

    internal static RecordFormatTraits Of(RecordFormat format) => Table[format];

    /// <summary>For one input; not thread-safe.</summary>
    /// <param name="format">What the records are.</param>
    /// <param name="accessLog">Valid ones.</param>
    /// <param name="maximumBytes">Longer records are passed over.</param>
    /// <param name="sampleEvery">One in so many views that succeeded keeps its circumstances.</param>
    /// <param name="further">Names of fields that are no dimensions, and are read, too.</param>
    internal static RecordDecoding Decoding(
        RecordFormat format,
        AccessLogOptions accessLog,
        int maximumBytes,
        int sampleEvery = CircumstanceSample.Every,
        IReadOnlyList<string>? further = null)
    {
        var decoder = Table[format].Decoder(accessLog, sampleEvery);
        if (further is { Count: > 0 } && Table[format].Further is { } fields)
            decoder = new FurtherFields(decoder, fields(further));
        return new(Table[format].Framing(maximumBytes), decoder);
    }

    private static bool IsNoJsonBehindBlanks(ReadOnlySpan<byte> value)
    {
        var visible = value.IndexOfAnyExceptInRange((byte)0, (byte)' ');
        return visible < 0 || !IsJson(value[visible..]);
    }

    private static bool IsJson(ReadOnlySpan<byte> record) => record is [(byte)'{' or (byte)'[', ..];
}
