using System.Reflection;

namespace Rx.Alerting.Core.Options;

/// <summary>An option with <see cref="AdjustableAttribute"/>.</summary>
/// <param name="Holder">The property of the whole that holds the option's section.</param>
/// <param name="Property">The option.</param>
internal sealed record AdjustableOption(PropertyInfo Holder, PropertyInfo Property)
{
    public string Key { get; } = $"{Holder.PropertyType.GetCustomAttribute<OptionSectionAttribute>()!.Name}:{Property.Name}";

    /// <summary>The adjustable options of a record of sections, in the order of their declaration.</summary>
    public static IReadOnlyList<AdjustableOption> Of(Type whole) =>
    [
        .. from holder in whole.GetProperties()
           where holder.PropertyType.IsDefined(typeof(OptionSectionAttribute))
           from property in holder.PropertyType.GetProperties()
           where property.IsDefined(typeof(AdjustableAttribute))
           select new AdjustableOption(holder, property),
    ];

    public string Text(object whole) => OptionText.Of(Get(whole), Property.PropertyType);

    public object? Get(object whole) => Property.GetValue(Holder.GetValue(whole));

    public void Set(object whole, object? value) => Property.SetValue(Holder.GetValue(whole), value);
}
