using System.Text.Json.Nodes;
using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Version 1 of the circumstances: errors were learned without their type. Must never change.</summary>
internal static class FacetVersion1
{
    public static StateLayout Layout { get; } = new(1,
        "facets: property bytes, learnedViews f64, learnedErrors f64, dimensions [values [value bytes, views f64, errors f64], "
        + "candidates [hash u64, count i32]]",
        "circumstances: property bytes, start i64, end i64, isHeld bool, groups [type bytes, level i32, views [hash u64, values "
        + "[dimension u8, value bytes]]]");

    /// <summary>Of which type the learned errors were is not known. They are learned anew.</summary>
    public static ShownEntry Upgrade(ShownEntry entry)
    {
        var fields = entry.Fields;
        if (entry.Key.Section == StateSections.FacetBuckets)
        {
            foreach (var view in fields["groups"]!.AsArray().SelectMany(group => group!["views"]!.AsArray()))
                view!["views"] = 1;
            return entry;
        }

        fields["learnedViews"] = 0d;
        fields["types"] = new JsonArray();
        foreach (var value in fields["dimensions"]!.AsArray().SelectMany(dimension => dimension!["values"]!.AsArray()))
        {
            value!["views"] = 0d;
            value["errors"] = new JsonArray();
        }

        return entry;
    }
}
