using Rx.Alerting.Core.Checkpoints;
using Rx.Alerting.Core.Pipeline;

namespace Rx.Alerting.Core.Tests.Pipeline;

public sealed class SpareMemoryTests
{
    private const int Megabyte = 1 << 20;

    private readonly SpareMemory memory = new();

    [Fact]
    public void Release_CalmAfterLarge_GivesBackOnce()
    {
        Release(40 * Megabyte);
        Release(2 * Megabyte);
        Assert.Equal(0, memory.Collections);

        for (var i = 0; i < 9; i++)
            Release(1000);
        Assert.Equal(0, memory.Collections);

        for (var i = 0; i < 20; i++)
            Release(1000);

        Assert.Equal(1, memory.Collections);
    }

    [Fact]
    public void Release_NeverLarge_GivesNothingBack()
    {
        Release(31 * Megabyte);
        for (var i = 0; i < 20; i++)
            Release(1000);

        Assert.Equal(0, memory.Collections);
    }

    private void Release(int bytes) => memory.Release([new StateEntry(new(StateSections.Titles, 0, 0), new byte[bytes])]);
}
