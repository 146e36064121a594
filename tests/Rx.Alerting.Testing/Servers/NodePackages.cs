namespace Rx.Alerting.Testing.Servers;

/// <summary>The npm packages of <c>tests/npm</c>, which <c>make test</c> installs.</summary>
public static class NodePackages
{
    /// <summary>The folder of a package. Null if the package is not installed.</summary>
    public static string? Find(string package)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Path.Combine(folder.FullName, "tests", "npm", "node_modules", package) is var path && Directory.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>What to do if a package is missing.</summary>
    public static string HowToInstall(string package) =>
        $"{package} is not installed: install Node.js and npm, then run make test, or npm ci in tests/npm";
}
