using Amazon.S3;
using Amazon.S3.Model;

namespace Rx.Alerting.Connectors.S3;

/// <summary>Sends files: short ones in one request, long ones in parts. Parts of an upload that fails are removed.</summary>
internal sealed class S3Upload(IAmazonS3 client, string bucket, int partBytes)
{
    /// <summary>Bytes of a part. S3 wants at least 5 MiB.</summary>
    public const int PartBytes = 16 << 20;

    /// <summary>S3 allows 10,000 parts.</summary>
    private const int MaximumParts = 9000;

    private static readonly TimeSpan AbortPatience = TimeSpan.FromSeconds(10);

    public async Task SendAsync(string key, Stream content, CancellationToken cancel)
    {
        if (content.Length > partBytes)
        {
            await SendPartsAsync(key, content, cancel).ConfigureAwait(false);
            return;
        }

        content.Position = 0;
        var put = new PutObjectRequest
        {
            BucketName = bucket,
            Key = key,
            InputStream = content,
            AutoCloseStream = false,
            AutoResetStreamPosition = false,
            UseChunkEncoding = false,
        };
        await client.PutObjectAsync(put, cancel).ConfigureAwait(false);
    }

    private async Task SendPartsAsync(string key, Stream content, CancellationToken cancel)
    {
        var begin = new InitiateMultipartUploadRequest { BucketName = bucket, Key = key };
        var id = (await client.InitiateMultipartUploadAsync(begin, cancel).ConfigureAwait(false)).UploadId;
        try
        {
            var size = Math.Max(partBytes, (content.Length / MaximumParts) + 1);
            var parts = new List<PartETag>();
            for (var at = 0L; at < content.Length; at += size)
                parts.Add(await SendPartAsync(key, id, parts.Count + 1, content, at, size, cancel).ConfigureAwait(false));
            var end = new CompleteMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = id, PartETags = parts };
            await client.CompleteMultipartUploadAsync(end, cancel).ConfigureAwait(false);
        }
        catch
        {
            await AbortAsync(key, id).ConfigureAwait(false);
            throw;
        }
    }

    private async Task<PartETag> SendPartAsync(
        string key, string id, int number, Stream content, long at, long size, CancellationToken cancel)
    {
        content.Position = at;
        var part = new UploadPartRequest
        {
            BucketName = bucket,
            Key = key,
            UploadId = id,
            PartNumber = number,
            InputStream = content,
            PartSize = Math.Min(size, content.Length - at),
            UseChunkEncoding = false,
        };
        var sent = await client.UploadPartAsync(part, cancel).ConfigureAwait(false);
        return new PartETag(number, sent.ETag);
    }

    /// <summary>Parts cost money until somebody removes them.</summary>
    private async Task AbortAsync(string key, string id)
    {
        using var patience = new CancellationTokenSource(AbortPatience, TimeProvider.System);
        try
        {
            var abort = new AbortMultipartUploadRequest { BucketName = bucket, Key = key, UploadId = id };
            await client.AbortMultipartUploadAsync(abort, patience.Token).ConfigureAwait(false);
        }
        catch (Exception problem) when (S3Problem.IsKnown(problem))
        {
            // The failure before is the one to tell. A rule of the bucket removes parts that are left.
        }
    }
}
