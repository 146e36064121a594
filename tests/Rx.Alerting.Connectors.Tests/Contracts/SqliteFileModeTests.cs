using Rx.Alerting.Connectors.Sqlite;
using Rx.Alerting.Connectors.Tests.Files;
using Rx.Alerting.Core.Effects;

namespace Rx.Alerting.Connectors.Tests.Contracts;

/// <summary>The file has incidents, and what is kept of tokens. Other users of the machine must not read it.</summary>
public sealed class SqliteFileModeTests : IDisposable
{
    private const UnixFileMode OfItsOwner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode OfItsGroupToo = OfItsOwner | UnixFileMode.GroupRead;

    private readonly TemporaryFolder folder = new();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string FilePath => Path.Combine(folder.Path, "made", "state.db");

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task Open_NewFile_IsOfItsOwnerOnly()
    {
        if (OperatingSystem.IsWindows())
            return; // Files have no such mode there.
        await using var board = new SqliteBoard(new() { Path = FilePath }, BoardKind.Tokens);
        await board.TakeAsync("tokens", 1, Cancel);

        foreach (var file in new[] { FilePath, $"{FilePath}-wal", $"{FilePath}-shm" })
            Assert.Equal(OfItsOwner, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Open_FileOfSomebodyWhoHasSetItsMode_LeavesIt()
    {
        if (OperatingSystem.IsWindows())
            return; // Files have no such mode there.
        await using (var board = new SqliteBoard(new() { Path = FilePath }, BoardKind.Tokens))
            await board.TakeAsync("tokens", 1, Cancel);
        File.SetUnixFileMode(FilePath, OfItsGroupToo);

        await using var again = new SqliteBoard(new() { Path = FilePath }, BoardKind.Tokens);
        await again.TakeAsync("tokens", 1, Cancel);

        Assert.Equal(OfItsGroupToo, File.GetUnixFileMode(FilePath));
        Assert.Equal(OfItsGroupToo, File.GetUnixFileMode($"{FilePath}-wal"));
    }
}
