using System.Diagnostics;
using System.Runtime.InteropServices;
using Rx.Alerting.Benchmarks.Running;

namespace Rx.Alerting.Benchmarks.Keyed;

/// <summary>
/// The least that the work takes in C#: one dictionary of counts by title and minute, released as the watermark passes.
/// No batches, no operators, no texts, no error types.
/// </summary>
internal static class KeyedDictionary
{
    public static void Run(Arguments arguments)
    {
        for (var round = 1; round <= KeyedWorkload.RoundsInProcess; round++)
            Round(arguments.Int("views"), arguments.Int("titles"), arguments.Int("disorder"));
    }

    private static void Round(int views, int titles, int disorder)
    {
        var clock = Stopwatch.StartNew();
        var traffic = new KeyedTraffic(views, titles, disorder);
        var open = new Dictionary<ulong, (int Views, int Errors)>();
        var totals = default(KeyedTotals);
        long newest = 0, nextEnd = 0;
        while (traffic.Next(out var eventTime, out var title, out var errorType))
        {
            var minute = eventTime / KeyedTraffic.Minute;
            ref var counts = ref CollectionsMarshal.GetValueRefOrAddDefault(open, ((ulong)minute << 32) | (uint)title, out _);
            counts.Views++;
            if (errorType >= 0)
                counts.Errors++;

            newest = Math.Max(newest, eventTime);
            var watermark = newest - disorder - 1;
            if (watermark < nextEnd - 1)
                continue;

            Release(open, nextEnd / KeyedTraffic.Minute, ref totals);
            nextEnd = ((watermark + 1) / KeyedTraffic.Minute * KeyedTraffic.Minute) + KeyedTraffic.Minute;
        }

        Release(open, long.MaxValue, ref totals);
        totals.Write(views, clock.Elapsed);
    }

    private static void Release(Dictionary<ulong, (int Views, int Errors)> open, long endMinute, ref KeyedTotals totals)
    {
        foreach (var (key, counts) in open)
        {
            if ((long)(key >> 32) >= endMinute)
                continue;
            totals.Add(counts.Views, counts.Errors);
            open.Remove(key);
        }
    }
}
