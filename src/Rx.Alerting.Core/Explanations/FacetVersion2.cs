using Rx.Alerting.Core.Checkpoints;

namespace Rx.Alerting.Core.Explanations;

/// <summary>Version 2 of the circumstances: a bucket was one entry. Must never change.</summary>
internal static class FacetVersion2
{
    public static StateLayout Layout { get; } = new(2,
        "facets: property bytes, learnedViews f64, types [hash u64, errors f64, strength f64], dimensions [values "
        + "[value bytes, views f64, errors [learned f64]], candidates [hash u64, count i32]]",
        "circumstances: property bytes, start i64, end i64, isHeld bool, groups [type bytes, level i32, views [hash "
        + "u64, views i32, values [dimension u8, value bytes]]]");
}
