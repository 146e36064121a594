using System.Globalization;
using System.Text;
using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.EventTime;

namespace Rx.Alerting.Core.Tests.EventTime;

public sealed class LateViewsTests
{
    private readonly LateViews late = new();

    [Fact]
    public void Count_BeyondTheBoundOnProperties_CountsUnderTheEmptyName()
    {
        for (var property = 0; property < LateViews.MaximumProperties + 3; property++)
            Count(property.ToString(CultureInfo.InvariantCulture));
        Count("0");
        Assert.Equal(LateViews.MaximumProperties + 4, late.Total);
        Assert.Equal(LateViews.MaximumProperties + 1, late.ByProperty.Count);
        Assert.Equal(3, late.ByProperty[""]);
        Assert.Equal(2, late.ByProperty["0"]);
    }

    [Fact]
    public void Count_LongName_IsKeptWhole()
    {
        var name = new string('é', 300);
        Count(name);
        Count(name);
        Assert.Equal(2, late.ByProperty[name]);
    }

    [Fact]
    public void Load_OfASavedState_IsTheSame()
    {
        Count("shop");
        var writer = new StateWriter();
        late.Save(_ => writer, everything: true);
        var restored = new LateViews();
        restored.Load(new StateReader(writer.Written));
        Assert.Equal(late.Total, restored.Total);
        Assert.Equal(late.ByProperty, restored.ByProperty);
    }

    private void Count(string property) => late.Count(Encoding.UTF8.GetBytes(property));
}
