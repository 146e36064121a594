using System.ComponentModel.DataAnnotations;
using Rx.Alerting.Connectors.Folders;
using Rx.Alerting.Connectors.S3;
using Rx.Alerting.Core.Dumps;
using Rx.Alerting.Core.Options;

namespace Rx.Alerting.Service.Dumps;

/// <summary>Where dumps go: to a folder of this machine, or to a bucket of S3. docs/control.md describes dumps.</summary>
[OptionSection("Dumps")]
internal sealed record DumpOptions : IValidatableObject
{
    /// <summary>The folder. It is made where it is missing. Empty: <c>dumps</c>, beside the file of <c>Sqlite:Path</c>.</summary>
    public string Folder { get; init; } = string.Empty;

    /// <summary>The bucket. Empty: dumps go to a folder.</summary>
    [Pattern("([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])?", "a name of 3 to 63 small letters, digits, dots and dashes")]
    public string Bucket { get; init; } = string.Empty;

    /// <summary>What keys in the bucket begin with, such as <c>alerting/dumps</c>.</summary>
    [Pattern("([a-zA-Z0-9_.-]+(/[a-zA-Z0-9_.-]+)*)?", "letters, digits and _ . - between single slashes")]
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The address of a server that takes the place of AWS. Empty: AWS.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>The AWS region, such as <c>eu-central-1</c>. Empty: the region of the AWS environment or profile.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>Whether the bucket is in the path of addresses, and not in the name of the host.</summary>
    public bool PathStyle { get; init; }

    /// <summary>The id of an access key. Empty: credentials come from the standard AWS chain.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    /// <summary>The secret of the access key.</summary>
    [Secret]
    public string SecretAccessKey { get; init; } = string.Empty;

    /// <summary>A file with the secret of the access key.</summary>
    public string SecretAccessKeyFile { get; init; } = string.Empty;

    /// <summary>Where temporary files are while a dump is made. Empty: the system's folder for such files.</summary>
    public string TemporaryFolder { get; init; } = string.Empty;

    /// <summary>
    /// The most megabytes of temporary files of one dump. A dump needs about as much as the checkpoint has, and what commits write
    /// meanwhile. A dump that needs more is refused.
    /// </summary>
    [Range(1, 10_000_000)]
    public int MaximumTemporaryMegabytes { get; init; } = 10_000;

    /// <summary>Without the secret.</summary>
    public override string ToString() => Bucket.Length > 0 ? $"s3://{Bucket}/{Prefix}" : Folder;

    /// <summary>Opens the target; it is not asked anything before its first call.</summary>
    /// <param name="beside">A file beside which the folder of dumps is, unless it is set.</param>
    public IDumpTarget Open(string beside) => Bucket.Length > 0
        ? new S3Target(new()
        {
            Bucket = Bucket,
            Prefix = Prefix,
            Endpoint = Endpoint,
            Region = Region,
            PathStyle = PathStyle,
            AccessKeyId = AccessKeyId,
            SecretAccessKey = SecretAccessKey,
        })
        : new FolderTarget(
            Folder.Length > 0 ? Folder : Path.Combine(Path.GetDirectoryName(Path.GetFullPath(beside))!, "dumps"));

    /// <inheritdoc/>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Folder.Length > 0 && Bucket.Length > 0)
            yield return new($"is set, and so is Dumps:{nameof(Bucket)}; give one of them", [nameof(Folder)]);
        if (Endpoint.Length > 0 && !(Uri.TryCreate(Endpoint, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"))
            yield return new("must be an absolute http or https address", [nameof(Endpoint)]);
        if (AccessKeyId.Length > 0 != SecretAccessKey.Length > 0)
        {
            yield return new(
                $"must be given with Dumps:{nameof(SecretAccessKey)} or Dumps:{nameof(SecretAccessKeyFile)}, and only with it",
                [nameof(AccessKeyId)]);
        }

        if (Bucket.Length > 0)
            yield break;
        (string Name, bool IsSet)[] ofBucket =
        [
            (nameof(Prefix), Prefix.Length > 0),
            (nameof(Endpoint), Endpoint.Length > 0),
            (nameof(Region), Region.Length > 0),
            (nameof(PathStyle), PathStyle),
            (nameof(AccessKeyId), AccessKeyId.Length > 0),
        ];
        foreach (var (name, _) in ofBucket.Where(option => option.IsSet))
            yield return new($"is of use with Dumps:{nameof(Bucket)} only", [name]);
    }
}
