using System.Globalization;
using System.Text;
using Rx.Alerting.Connectors.Framing;
using Rx.Alerting.Connectors.Simulation.Formats;

namespace Rx.Alerting.Connectors.Simulation;

/// <summary>
/// The names of properties, titles and error types. They are computed from numbers, not stored, so ten million titles need no memory.
/// </summary>
internal sealed class SimulatedNames(long seed)
{
    /// <summary>The largest size of a <see cref="Title"/>, in bytes of escaped JSON.</summary>
    public const int MaximumTitleBytes = 128;

    /// <summary>One in so many properties sends no video ids. Its titles are told by their text.</summary>
    private const int NamelessEvery = 6;

    private static readonly string[] First =
    [
        "Silent", "Último", "Broken", "Über", "Golden", "Hidden", "The \"Real\"", "Frozen", "Électrique", "Midnight", "Paper", "Señor",
        "Little", "Dernier", "Crimson", "Weiße",
    ];

    private static readonly string[] Second =
    [
        "Harbour", "Enlace", "Kingdom", "Nächte", "Orchard", "Façade", "Signal", "Rivière", "Detectives", "Straße", "Garden",
        "Corazón", "Machine", "Æther", "Kitchen", "Łódź",
    ];

    private static readonly byte[][] FirstJson = Escaped(First), SecondJson = Escaped(Second);

    /// <summary>The property as Mux names it.</summary>
    public static int PropertyId(int property) => 40_213 + (37 * property);

    /// <summary>The property as a web server names it.</summary>
    public static string Host(int property) => string.Create(CultureInfo.InvariantCulture, $"tv{property + 1:00}.example.net");

    /// <summary>The title's id, written as 16 hexadecimal digits.</summary>
    public ulong TitleId(int title) => SimulationRandom.Mix((ulong)seed ^ ((ulong)title * 0xA0761D6478BD642F));

    /// <summary>The title's text, for people. It is unique, because it contains the title's number.</summary>
    public string Title(int title)
    {
        var id = TitleId(title);
        return string.Create(
            CultureInfo.InvariantCulture, $"{First[(int)(id & 15)]} {Second[(int)((id >> 4) & 15)]}, part {title + 1}");
    }

    /// <summary>Writes <see cref="Title"/> as escaped JSON.</summary>
    public void WriteTitleJson(ref RecordWriter writer, int title)
    {
        var id = TitleId(title);
        writer.Raw(FirstJson[(int)(id & 15)]);
        writer.Raw(" "u8);
        writer.Raw(SecondJson[(int)((id >> 4) & 15)]);
        writer.Raw(", part "u8);
        writer.Number(title + 1);
    }

    /// <summary>Whether the views of the property carry a <c>video_id</c>.</summary>
    public static bool HasVideoIds(int property) => property % NamelessEvery != NamelessEvery - 2;

    /// <summary>The property's id in views of <paramref name="format"/>.</summary>
    public static string Property(RecordFormat format, int property) =>
        format == RecordFormat.AccessLog ? Host(property) : PropertyId(property).ToString(CultureInfo.InvariantCulture);

    /// <summary>The title's id in views of <paramref name="format"/>.</summary>
    public string Video(RecordFormat format, int property, int title)
    {
        var id = TitleId(title).ToString("x16", CultureInfo.InvariantCulture);
        return format == RecordFormat.AccessLog ? $"/watch/{id}/main.m3u8"
            : HasVideoIds(property) ? id
            : Title(title);
    }

    /// <summary>The error type in views of <paramref name="format"/>.</summary>
    public static string ErrorType(RecordFormat format, int errorType)
    {
        var kind = ErrorKind.Failures[errorType];
        return (format == RecordFormat.AccessLog ? kind.Status : kind.Id).ToString(CultureInfo.InvariantCulture);
    }

    private static byte[][] Escaped(string[] words) => [.. words.Select(word => Encoding.UTF8.GetBytes(word.Replace("\"", "\\\"")))];
}
