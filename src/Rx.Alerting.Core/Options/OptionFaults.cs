using System.ComponentModel.DataAnnotations;
using System.Reflection;

namespace Rx.Alerting.Core.Options;

/// <summary>Checks options against the bounds on their properties, and against the rules between them.</summary>
public static class OptionFaults
{
    /// <summary>
    /// Every fault of a record with <see cref="OptionSectionAttribute"/> and of the sections in it, in the order of their properties;
    /// empty when all is well. Each is a sentence that begins with the option's key, as in <c>Windows:MinimumViews is 5, must be from 100
    /// to 100000</c>.
    /// </summary>
    /// <remarks>
    /// Rules between options are those of <see cref="IValidatableObject"/>. A result names its option as its member: the property, or the
    /// whole key where the option is in a section within.
    /// </remarks>
    public static IReadOnlyList<string> Of(object options)
    {
        var section = options.GetType().GetCustomAttribute<OptionSectionAttribute>()?.Name;
        var rules = (options as IValidatableObject)?.Validate(new ValidationContext(options))
            .ToLookup(broken => broken.MemberNames.Single(), broken => broken.ErrorMessage!);
        var faults = new List<string>();
        foreach (var property in options.GetType().GetProperties(BindingFlags.Public | BindingFlags.Instance))
        {
            var value = property.GetValue(options);
            if (property.PropertyType.IsDefined(typeof(OptionSectionAttribute)))
                faults.AddRange(Of(value!));
            foreach (var problem in OptionBounds.Broken(property, value).Concat(rules?[property.Name] ?? []))
                faults.Add($"{section}:{property.Name} {problem}");
        }

        foreach (var rule in rules?.Where(rule => rule.Key.Contains(':')) ?? [])
            faults.AddRange(rule.Select(problem => $"{rule.Key} {problem}"));
        return faults;
    }
}
