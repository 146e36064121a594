using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Rx.Alerting.Core.Dumps;

namespace Rx.Alerting.Connectors.S3;

/// <summary>Keeps dumps in a bucket of S3.</summary>
/// <remarks>
/// S3 makes an object visible when it is whole, and reads and lists are consistent with writes before them. Large files are sent in parts
/// (<see cref="S3Upload"/>). Payloads are signed as a whole, because some servers do not understand signed chunks.
/// </remarks>
public sealed class S3Target : IDumpTarget, IDisposable
{
    /// <summary>The client repeats a request so often. Whole files are repeated by the caller.</summary>
    private const int Retries = 2;

    private static readonly TimeSpan RequestTimeout = TimeSpan.FromMinutes(2);

    private readonly S3Options options;
    private readonly AmazonS3Client client;
    private readonly S3Upload upload;

    /// <param name="options">The bucket.</param>
    /// <param name="partBytes">A longer file is sent in parts of so many bytes. S3 wants at least 5 MiB.</param>
    public S3Target(S3Options options, int partBytes = S3Upload.PartBytes)
    {
        this.options = options;
        var configuration = new AmazonS3Config
        {
            ForcePathStyle = options.PathStyle,
            MaxErrorRetry = Retries,
            Timeout = RequestTimeout,
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Region is { Length: > 0 } region)
            configuration.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        if (options.Endpoint is { Length: > 0 } url)
        {
            configuration.ServiceURL = url;
            configuration.AuthenticationRegion = options.Region is { Length: > 0 } signed ? signed : "us-east-1";
        }

        client = options.AccessKeyId.Length > 0
            ? new AmazonS3Client(new BasicAWSCredentials(options.AccessKeyId, options.SecretAccessKey), configuration)
            : new AmazonS3Client(configuration);
        upload = new S3Upload(client, options.Bucket, partBytes);
    }

    public string Locate(string key) => $"s3://{options.Bucket}/{KeyOf(key)}";

    public Task WriteAsync(string key, Stream content, CancellationToken cancel) => RunAsync(
        key,
        async () =>
        {
            await upload.SendAsync(KeyOf(key), content, cancel).ConfigureAwait(false);
            return true;
        },
        cancel);

    public Task<byte[]?> ReadAsync(string key, CancellationToken cancel) => RunAsync(
        key,
        async () =>
        {
            try
            {
                using var found = await client.GetObjectAsync(options.Bucket, KeyOf(key), cancel).ConfigureAwait(false);
                if (found.ContentLength > IDumpTarget.MaximumRead)
                    throw new DumpTargetException($"{Locate(key)} is longer than {IDumpTarget.MaximumRead >> 20} MB", mayPass: false);
                var content = new byte[found.ContentLength];
                await found.ResponseStream.ReadExactlyAsync(content, cancel).ConfigureAwait(false);
                return content;
            }
            catch (AmazonS3Exception missing) when (missing.StatusCode == HttpStatusCode.NotFound && missing.ErrorCode != "NoSuchBucket")
            {
                return null; // Some servers, and proxies before them, send no body that says so.
            }
        },
        cancel);

    public Task<IReadOnlyList<string>> ListAsync(string folder, CancellationToken cancel) => RunAsync(
        folder,
        async Task<IReadOnlyList<string>> () =>
        {
            var keys = new List<string>();
            var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = $"{KeyOf(folder)}/" };
            ListObjectsV2Response page;
            do
            {
                page = await client.ListObjectsV2Async(request, cancel).ConfigureAwait(false);
                keys.AddRange((page.S3Objects ?? []).Select(found => found.Key[KeyOf(string.Empty).Length..]));
                if (page.IsTruncated == true && page.NextContinuationToken is not { Length: > 0 })
                    throw new DumpTargetException($"{Locate(folder)} cannot be listed: S3 says that there is more, and not where", false);
                request.ContinuationToken = page.NextContinuationToken;
            }
            while (page.IsTruncated == true);
            return [.. keys.Order(StringComparer.Ordinal)];
        },
        cancel);

    public void Dispose() => client.Dispose();

    private string KeyOf(string key) => options.Prefix.Length > 0 ? $"{options.Prefix}/{key}" : key;

    private async Task<T> RunAsync<T>(string key, Func<Task<T>> call, CancellationToken cancel)
    {
        try
        {
            return await call().ConfigureAwait(false);
        }
        catch (Exception problem) when (S3Problem.IsKnown(problem) && !cancel.IsCancellationRequested)
        {
            throw S3Problem.Of(problem, Locate(key), options);
        }
    }
}
