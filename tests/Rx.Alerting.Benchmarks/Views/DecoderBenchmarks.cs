using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.AccessLog;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Benchmarks.Views;

/// <summary>
/// What decoding costs, per view, against a bare pass of <see cref="Utf8JsonReader"/> over the same JSON. The decoders have
/// to allocate nothing.
/// </summary>
[MemoryDiagnoser]
public class DecoderBenchmarks
{
    private readonly MuxJsonDecoder json = new();
    private readonly MuxProtobufDecoder protobuf = new();
    private readonly AccessLogDecoder log = new(new AccessLogOptions());
    private (ViewBatch Batch, TextRange[] Ranges) jsonRecords;
    private (ViewBatch Batch, TextRange[] Ranges) protobufRecords;
    private (ViewBatch Batch, TextRange[] Ranges) logRecords;

    [GlobalSetup]
    public void SetUp()
    {
        var records = new MuxRecords();
        jsonRecords = MuxRecords.Fill(records.Json);
        protobufRecords = MuxRecords.Fill(records.Protobuf);
        logRecords = MuxRecords.Fill(LogLines.Make());
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = MuxRecords.Count)]
    public int BareUtf8JsonReader()
    {
        var tokens = 0;
        foreach (var range in jsonRecords.Ranges)
        {
            var reader = new Utf8JsonReader(jsonRecords.Batch.Bytes(range));
            while (reader.Read())
                tokens++;
        }

        return tokens;
    }

    [Benchmark(OperationsPerInvoke = MuxRecords.Count)]
    public int MuxJson() => Decode(json, jsonRecords);

    [Benchmark(OperationsPerInvoke = MuxRecords.Count)]
    public int MuxProtobuf() => Decode(protobuf, protobufRecords);

    [Benchmark(OperationsPerInvoke = MuxRecords.Count)]
    public int AccessLog() => Decode(log, logRecords);

    private static int Decode(IViewDecoder decoder, (ViewBatch Batch, TextRange[] Ranges) records)
    {
        // Clear forgets the lengths of the records, not their bytes. So all bytes are committed again at once.
        var (batch, ranges) = records;
        batch.Clear();
        batch.Reserve(ranges[^1].Offset + ranges[^1].Length);
        batch.Commit(ranges[^1].Offset + ranges[^1].Length);
        foreach (var range in ranges)
            decoder.Decode(batch, range, View.NoArrivalTime);
        return batch.ViewCount;
    }
}
