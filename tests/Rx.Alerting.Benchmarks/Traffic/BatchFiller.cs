using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Traffic;

/// <summary>
/// Makes views as a decoder leaves them: the texts of properties and error types written once, that of a title anew for each
/// view, behind that of the last. Titles belong to properties in turn.
/// </summary>
internal sealed class BatchFiller
{
    public const int ErrorTypes = 7;

    private const int TitleLength = 8;

    /// <summary>Dimensions of a view that has circumstances.</summary>
    private const int Dimensions = (int)Dimension.Viewer + 1;

    /// <summary>The last dimension has so many values, the first has two.</summary>
    private const int MostValues = 2 + (3 * (Dimensions - 1));

    private readonly byte[] texts;
    private readonly (TextRange Range, ulong Hash)[] properties;
    private readonly (TextRange Range, ulong Hash)[] errorTypes;
    private readonly (TextRange Range, ulong Hash)[] values;

    public BatchFiller(int propertyCount, int titleCount)
    {
        var bytes = new MemoryStream();
        properties = Write(bytes, "property-", propertyCount);
        errorTypes = Write(bytes, "error-", ErrorTypes);
        values = Write(bytes, "value-", MostValues);
        texts = bytes.ToArray();
        Titles = titleCount;
    }

    public int Titles { get; }

    /// <summary>A batch for <see cref="Add"/>.</summary>
    public ViewBatch NewBatch(string partition)
    {
        var batch = new ViewBatch(partition);
        batch.Append(texts);
        return batch;
    }

    /// <summary>Empties a batch of <see cref="NewBatch"/>, except for the texts that are written only once.</summary>
    public void Clear(ViewBatch batch)
    {
        batch.Clear();
        batch.Commit(texts.Length);
    }

    /// <param name="batch">A batch of <see cref="NewBatch"/>.</param>
    /// <param name="eventTime">Milliseconds since the Unix epoch.</param>
    /// <param name="title">Number of the title.</param>
    /// <param name="errorType">Number of the error type; negative: the view succeeded.</param>
    /// <param name="hasCircumstances">Whether a failed view, and one in eight others, says under which circumstances it was seen.</param>
    public void Add(ViewBatch batch, long eventTime, int title, int errorType, bool hasCircumstances = false)
    {
        var circumstances = -1;
        if (hasCircumstances && (Hash(eventTime, title) % CircumstanceSample.Every == 0 || errorType >= 0))
            AddCircumstances(batch, Hash(eventTime, title), out circumstances);
        var failure = -1;
        if (errorType >= 0)
            failure = batch.Add(new Failure { ErrorType = errorTypes[errorType].Range, ErrorTypeHash = errorTypes[errorType].Hash });

        var name = batch.Reserve(TitleLength);
        BinaryPrimitives.WriteUInt64LittleEndian(name, Letters((uint)title));
        ref readonly var property = ref properties[title % properties.Length];
        batch.Add(new View
        {
            EventTime = eventTime,
            ArrivalTime = View.NoArrivalTime,
            Property = property.Range,
            PropertyHash = property.Hash,
            TitleHash = KeyHash.Of(name),
            Title = batch.Commit(TitleLength),
            Failure = failure,
            Circumstances = circumstances,
        });
    }

    private void AddCircumstances(ViewBatch batch, ulong hash, out int index)
    {
        ref var circumstances = ref batch.AddCircumstances(out index);
        circumstances.Hash = hash;
        for (var dimension = 0; dimension < Dimensions; dimension++)
            circumstances.Values[dimension] = values[(int)((hash >> (8 + dimension)) % (ulong)(2 + (3 * dimension)))].Range;
    }

    private static ulong Hash(long eventTime, int title)
    {
        Span<long> contents = [eventTime, title];
        return KeyHash.Of(MemoryMarshal.AsBytes(contents));
    }

    /// <summary>Eight letters from A to P, one for every four bits.</summary>
    private static ulong Letters(uint number)
    {
        ulong spread = number;
        spread = (spread | (spread << 16)) & 0x0000FFFF_0000FFFF;
        spread = (spread | (spread << 8)) & 0x00FF00FF_00FF00FF;
        spread = (spread | (spread << 4)) & 0x0F0F0F0F_0F0F0F0F;
        return spread + 0x41414141_41414141;
    }

    private static (TextRange Range, ulong Hash)[] Write(MemoryStream bytes, string prefix, int count)
    {
        var result = new (TextRange Range, ulong Hash)[count];
        for (var i = 0; i < count; i++)
        {
            var encoded = Encoding.UTF8.GetBytes(prefix + i.ToString(CultureInfo.InvariantCulture));
            result[i] = (new TextRange((int)bytes.Position, encoded.Length), KeyHash.Of(encoded));
            bytes.Write(encoded);
        }

        return result;
    }
}
