using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation;
using Rx.Alerting.Core.Views;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Service.Tests.Crashes;

/// <summary>Simulated views in which things break, in the order in which they arrive, as messages of Protocol Buffers.</summary>
internal static class CrashTraffic
{
    /// <summary>The messages, each with the hash of its property.</summary>
    public static IEnumerable<(ulong Property, byte[] Message)> Read(long views)
    {
        using var folder = new TemporaryFolder();
        var options = new SimulationOptions
        {
            Views = views,
            Days = 2,
            Properties = 40,
            Titles = 2000,
            Quiet = TimeSpan.FromHours(6),
            PropertyIncidentsPerDay = 2,
            TitleIncidentsPerDay = 2,
            Format = RecordFormat.MuxProtobuf,
        };
        var file = Assert.Single(SimulationWriter.Write(options, folder.Path).Files);
        using var reader = new BinaryReader(File.OpenRead(Path.Combine(folder.Path, file)));
        var decoder = new MuxProtobufDecoder();
        var batch = new ViewBatch("any");
        while (reader.BaseStream.Position < reader.BaseStream.Length)
        {
            var message = reader.ReadBytes(reader.Read7BitEncodedInt());
            batch.Clear();
            decoder.Decode(batch, batch.Append(message), View.NoArrivalTime);
            yield return (batch.Views[0].PropertyHash, message);
        }
    }
}
