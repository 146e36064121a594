using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Rx.Alerting.Service.Metrics;

/// <summary>
/// The series of the process and of .NET that prometheus-net adds to the page, for listeners of the meter: alerts and the dashboard ask for
/// them by these names.
/// </summary>
internal static class ProcessInstruments
{
    public static void AddTo(Meter meter)
    {
        var start = new Lazy<double>(StartSeconds); // Read once: a value that changes is a process that has started again.
        Gauge("process_start_time_seconds", "s", "Start time of the process (Unix time)", _ => start.Value);
        Gauge("process_virtual_memory_bytes", "By", "Virtual memory size", process => process.VirtualMemorySize64);
        Gauge("process_working_set_bytes", "By", "Working set", process => process.WorkingSet64);
        Gauge("process_private_memory_bytes", "By", "Private memory size", process => process.PrivateMemorySize64);
        Gauge("process_open_handles", "{handle}", "Open handles", process => process.HandleCount);
        Gauge("process_num_threads", "{thread}", "Threads", process => process.Threads.Count);
        Gauge("dotnet_total_memory_bytes", "By", "Allocated memory", _ => GC.GetTotalMemory(forceFullCollection: false));
        meter.CreateObservableCounter(
            "process_cpu_seconds_total", () => Read(process => process.TotalProcessorTime.TotalSeconds), "s", "Time of user and system");
        meter.CreateObservableCounter("dotnet_collection_count_total", Collections, "{collection}", "Collections, by generation");

        void Gauge(string name, string unit, string help, Func<Process, double> read) =>
            meter.CreateObservableGauge(name, () => Read(read), unit, help);
    }

    private static double StartSeconds()
    {
        using var process = Process.GetCurrentProcess();
        return (process.StartTime.ToUniversalTime() - DateTime.UnixEpoch).TotalSeconds;
    }

    private static double Read(Func<Process, double> read)
    {
        using var process = Process.GetCurrentProcess();
        return read(process);
    }

    private static IEnumerable<Measurement<double>> Collections() =>
        Enumerable.Range(0, GC.MaxGeneration + 1).Select(generation => new Measurement<double>(
            GC.CollectionCount(generation), KeyValuePair.Create("generation", (object?)$"{generation}")));
}
