namespace Rx.Alerting.Connectors.S3;

/// <summary>A bucket of Amazon S3, or of a server that speaks its protocol.</summary>
public sealed record S3Options
{
    public required string Bucket { get; init; }

    /// <summary>What keys begin with, without a <c>/</c> at its ends. Empty: nothing.</summary>
    public string Prefix { get; init; } = string.Empty;

    /// <summary>The address of a server that takes the place of AWS. Empty: AWS.</summary>
    public string Endpoint { get; init; } = string.Empty;

    /// <summary>The AWS region. Empty: the region of the AWS environment or profile; <c>us-east-1</c> with an endpoint.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>Whether the bucket is in the path, and not in the name of the host.</summary>
    public bool PathStyle { get; init; }

    /// <summary>Empty: credentials come from the standard AWS chain.</summary>
    public string AccessKeyId { get; init; } = string.Empty;

    public string SecretAccessKey { get; init; } = string.Empty;

    /// <summary>Without credentials.</summary>
    public override string ToString() => $"s3://{Bucket}/{Prefix}";
}
