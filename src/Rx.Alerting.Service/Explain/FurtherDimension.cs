using Rx.Alerting.Core.Incidents;
using Rx.Alerting.Core.Views.Mux;

namespace Rx.Alerting.Service.Explain;

/// <summary>A dimension that somebody has asked for.</summary>
/// <param name="Name">What it is called in the answer. The name of a dimension that views have anyway: it takes its place.</param>
/// <param name="Field">The field of the records.</param>
internal readonly record struct FurtherDimension(string Name, string Field)
{
    /// <summary>The most. Each makes the ranking slower, and none is cheap to be wrong about.</summary>
    public const int Most = 8;

    private const string Option = "--dimension";

    /// <summary>Reads the values of the option, each <c>NAME</c> or <c>NAME=FIELD</c>.</summary>
    /// <param name="values">The values.</param>
    /// <param name="faults">Gets what is wrong with them.</param>
    public static IReadOnlyList<FurtherDimension> Parse(IReadOnlyList<string> values, List<string> faults)
    {
        var dimensions = values.Select(Parse).ToList();
        faults.AddRange(dimensions.Zip(values).Select(pair => Fault(pair.First, pair.Second)).OfType<string>());
        faults.AddRange(dimensions.CountBy(dimension => dimension.Name).Where(name => name.Key.Length > 0 && name.Value > 1)
            .Select(name => $"{Option} {name.Key} is given {name.Value} times, must be given once"));
        if (dimensions.Count > Most)
            faults.Add($"{Option} is given {dimensions.Count} times, must be given at most {Most} times");
        return dimensions;
    }

    private static FurtherDimension Parse(string value) => value.IndexOf('=', StringComparison.Ordinal) is >= 0 and var at
        ? new(value[..at].Trim(), value[(at + 1)..].Trim())
        : new(value.Trim(), value.Trim());

    private static string? Fault(FurtherDimension dimension, string value)
    {
        if (value.Any(char.IsControl))
            return $"{Option} is “{IncidentWords.Printable(value)}”, must be NAME or NAME=FIELD in printable characters";
        if (dimension.Name.Length == 0 || dimension.Field.Length == 0)
            return $"{Option} is “{value}”, must be NAME or NAME=FIELD, such as video_series or cdn=my_cdn";
        if (SliceColumns.IsFixed(dimension.Field))
            return $"{Option} {value}: views are compared by {dimension.Field} already";
        if (MuxFields.SaysFailure(dimension.Field))
            return $"{Option} {value}: {dimension.Field} says how a view failed, so it would explain every failure by itself";
        return dimension.Name is SliceColumns.PropertyName or SliceColumns.TitleName or SliceColumns.TitleTextName
            ? $"{Option} {value}: {dimension.Name} is the name of what incidents are about; choose another name"
            : null;
    }
}
