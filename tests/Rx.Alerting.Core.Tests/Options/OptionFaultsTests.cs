using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Core.Tests.Options;

public sealed class OptionFaultsTests
{
    [Fact]
    public void Of_Defaults_HaveNoFault() => Assert.Empty(OptionFaults.Of(new Outer()));

    [Fact]
    public void Of_EveryKindOfBound_NamesKeyValueAndBound() => Assert.Equal(
        [
            "Test:Number is NaN, must be from 1E-06 to 0.5",
            "Test:Views is 101, must be from 1 to 100",
            "Test:Views must be less than the others",
            "Test:Span is 90s, must be from 1s to 1m",
            "Test:Name is empty, must name something",
            "Test:Letters must be letters",
            "Test:Items has \"1\", must be letters",
            "Test:Items has \"\", must be letters",
            "Test:Day must be sunday, monday, tuesday, wednesday, thursday, friday or saturday",
            "Test:WorkingDay is sunday, must be monday or friday",
            "Test:Names needs one",
            "Test:Views must be even",
        ],
        OptionFaults.Of(new Outer
        {
            Inner = new()
            {
                Number = double.NaN,
                Views = [1, 101, 100],
                Span = TimeSpan.FromSeconds(90),
                Name = " ",
                Letters = "",
                Items = ["a", "1", ""],
                Day = (DayOfWeek)7,
                WorkingDay = DayOfWeek.Sunday,
                Names = [],
                IsOdd = true,
            },
        }));

    [OptionSection]
    private sealed record Outer : IValidatableObject
    {
        public Inner Inner { get; init; } = new();

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Inner.IsOdd ? [new("must be even", ["Test:Views"])] : [];
    }

    [OptionSection("Test")]
    private sealed record Inner : IValidatableObject
    {
        [Range(1e-6, 0.5)]
        public double? Number { get; init; }

        [Range(1, 100)]
        public IReadOnlyList<int> Views { get; init; } = [1];

        [TimeRange("1s", "1m")]
        public TimeSpan Span { get; init; } = TimeSpan.FromMinutes(1);

        [Required(ErrorMessage = "is empty, must name something")]
        public string Name { get; init; } = "name";

        [Pattern("[a-z]+", "letters")]
        public string Letters { get; init; } = "abc";

        [Pattern("[a-z]+", "letters")]
        public IReadOnlyList<string> Items { get; init; } = [];

        public DayOfWeek Day { get; init; } = DayOfWeek.Monday;

        [AllowedValues(DayOfWeek.Monday, DayOfWeek.Friday)]
        public DayOfWeek WorkingDay { get; init; } = DayOfWeek.Monday;

        [MinLength(1, ErrorMessage = "needs one")]
        public IReadOnlyList<string> Names { get; init; } = ["one"];

        public bool IsOdd { get; init; }

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            IsOdd ? [new("must be less than the others", [nameof(Views)])] : [];
    }
}
