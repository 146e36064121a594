using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Views;

namespace Rx.Alerting.Benchmarks.Traffic;

/// <summary>
/// The texts of all properties, titles and error types, encoded and hashed once, as a decoder would have left them. Titles
/// belong to properties in turn.
/// </summary>
internal sealed class TitleTexts
{
    public const int ErrorTypes = 7;

    private readonly byte[] text;
    private readonly (TextRange Range, ulong Hash)[] properties;
    private readonly (TextRange Range, ulong Hash)[] titles;
    private readonly (TextRange Range, ulong Hash)[] errorTypes;

    public TitleTexts(int propertyCount, int titleCount)
    {
        var bytes = new MemoryStream();
        properties = Write(bytes, "property-", propertyCount);
        titles = Write(bytes, "title-", titleCount);
        errorTypes = Write(bytes, "error-", ErrorTypes);
        text = bytes.ToArray();
    }

    public int Titles => titles.Length;

    public int Properties => properties.Length;

    /// <summary>An empty batch whose views may point into these texts; no view needs a text copied.</summary>
    public ViewBatch NewBatch(string partition)
    {
        var batch = new ViewBatch(partition);
        batch.Append(text);
        return batch;
    }

    /// <summary>Empties a batch of <see cref="NewBatch"/>, but for the texts.</summary>
    public void Clear(ViewBatch batch)
    {
        batch.Clear();
        batch.Commit(text.Length);
    }

    /// <param name="batch">A batch of <see cref="NewBatch"/>.</param>
    /// <param name="eventTime">Milliseconds since the Unix epoch.</param>
    /// <param name="title">Number of the title.</param>
    /// <param name="errorType">Number of the error type; negative: the view succeeded.</param>
    public void Add(ViewBatch batch, long eventTime, int title, int errorType)
    {
        var failure = -1;
        if (errorType >= 0)
            failure = batch.Add(new Failure { ErrorType = errorTypes[errorType].Range, ErrorTypeHash = errorTypes[errorType].Hash });

        ref readonly var property = ref properties[title % properties.Length];
        batch.Add(new View
        {
            EventTime = eventTime,
            ArrivalTime = View.NoArrivalTime,
            Property = property.Range,
            PropertyHash = property.Hash,
            Title = titles[title].Range,
            TitleHash = titles[title].Hash,
            Failure = failure,
        });
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
