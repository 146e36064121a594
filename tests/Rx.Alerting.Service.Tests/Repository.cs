namespace Rx.Alerting.Service.Tests;

/// <summary>The repository that the tests were built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    /// <summary>Real input in a folder <c>shared</c> near the repository. Null if there is none.</summary>
    public static string? Sample(string path)
    {
        for (var folder = Path.GetDirectoryName(Root); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            if (Path.Combine(folder, "shared", path) is var sample && File.Exists(sample))
                return sample;
        }

        return null;
    }

    private static string Find(string folder) =>
        File.Exists(Path.Combine(folder, "Rx.Alerting.sln"))
            ? folder
            : Find(Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
