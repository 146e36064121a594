using System.Globalization;

namespace Rx.Alerting.Service.Tests.Telemetry;

/// <summary>A series of a metric, as a collector gets it.</summary>
/// <param name="Name">The instrument.</param>
/// <param name="Unit">As UCUM writes it.</param>
/// <param name="Kind">gauge, counter, updown or histogram.</param>
/// <param name="Labels">In the order of their names.</param>
/// <param name="Value">The value; of a histogram, the sum.</param>
/// <param name="Buckets">Of a histogram.</param>
internal sealed record OtlpSeries(
    string Name, string Unit, string Kind, string Labels, double Value, IReadOnlyList<(double Bound, ulong Count)> Buckets)
{
    public ulong Count { get; init; }
}

/// <summary>A span, as a collector gets it.</summary>
internal sealed record OtlpSpan(
    string Name, string TraceId, string Id, string ParentId, ulong Kind, IReadOnlyDictionary<string, string> Tags)
{
    public required TimeSpan Duration { get; init; }

    /// <summary>Ids of spans.</summary>
    public required IReadOnlyList<string> Links { get; init; }

    public required bool IsError { get; init; }

    public required string StatusText { get; init; }
}

/// <summary>Reads requests as the definitions of OpenTelemetry (opentelemetry-proto) number their fields.</summary>
internal static class OtlpContent
{
    private const ulong Cumulative = 2;

    public static IReadOnlyDictionary<string, string> Resource(ProtoMessage request) => Tags(request.One(1).One(1), 1);

    public static IEnumerable<OtlpSeries> Metrics(ProtoMessage request) =>
        from resource in request.All(1)
        from scope in resource.All(2)
        from metric in scope.All(2)
        from series in Metric(metric)
        select series;

    public static IEnumerable<OtlpSpan> Spans(ProtoMessage request) =>
        from resource in request.All(1)
        from scope in resource.All(2)
        from span in scope.All(2)
        select new OtlpSpan(span.Text(5), Hex(span, 1), Hex(span, 2), Hex(span, 4), span.Number(6), Tags(span, 9))
        {
            Duration = TimeSpan.FromMicroseconds((span.Number(8) - span.Number(7)) / 1000d),
            Links = [.. span.All(13).Select(link => Hex(link, 2))],
            IsError = span.Has(15) && span.One(15).Number(3) == 2,
            StatusText = span.Has(15) ? span.One(15).Text(2) : string.Empty,
        };

    private static IEnumerable<OtlpSeries> Metric(ProtoMessage metric)
    {
        foreach (var point in metric.All(5).SelectMany(gauge => gauge.All(1)))
            yield return Number(metric, "gauge", point);
        foreach (var sum in metric.All(7))
        {
            Assert.Equal(Cumulative, sum.Number(2));
            foreach (var point in sum.All(1))
                yield return Number(metric, sum.Number(3) == 1 ? "counter" : "updown", point);
        }

        foreach (var histogram in metric.All(9))
        {
            Assert.Equal(Cumulative, histogram.Number(2));
            foreach (var point in histogram.All(1))
            {
                var bounds = point.Packed(7).Select(BitConverter.UInt64BitsToDouble).Append(double.PositiveInfinity);
                yield return new(
                    metric.Text(1), metric.Text(3), "histogram", Labels(point, 9), point.Real(5), [.. bounds.Zip(point.Packed(6))])
                {
                    Count = point.Number(4),
                };
            }
        }
    }

    private static OtlpSeries Number(ProtoMessage metric, string kind, ProtoMessage point) => new(
        metric.Text(1), metric.Text(3), kind, Labels(point, 7), point.Has(4) ? point.Real(4) : (long)point.Number(6), []);

    private static string Labels(ProtoMessage point, int field) =>
        string.Join(',', Tags(point, field).OrderBy(tag => tag.Key, StringComparer.Ordinal).Select(tag => $"{tag.Key}=\"{tag.Value}\""));

    private static Dictionary<string, string> Tags(ProtoMessage holder, int field) =>
        holder.All(field).ToDictionary(pair => pair.Text(1), pair => Value(pair.One(2)), StringComparer.Ordinal);

    private static string Value(ProtoMessage value) =>
        value.Has(1) ? value.Text(1)
        : value.Has(2) ? value.Number(2) == 1 ? "true" : "false"
        : value.Has(4) ? value.Real(4).ToString(CultureInfo.InvariantCulture)
        : ((long)value.Number(3)).ToString(CultureInfo.InvariantCulture);

    private static string Hex(ProtoMessage holder, int field) => Convert.ToHexStringLower(holder.Bytes(field));
}
