using Rx.Alerting.Connectors.Files;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Members, what can be in their headers, and what can follow them.</summary>
public sealed class GzipTests
{
    private static readonly byte[] Content = MakeContent();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(1000)]
    public void Read_SeveralMembers_GivesAll(int members)
    {
        var parts = Content.Chunk((Content.Length / members) + 1).ToArray();
        Holds(Content, null, [.. parts.SelectMany(part => FileReading.Gzip(part))]);
        Holds(Content, null, [.. parts.SelectMany(part => (byte[])[.. FileReading.Gzip([]), .. FileReading.Gzip(part)])]);
        Holds(Content, null, [.. parts.SelectMany(part => (byte[])[.. FileReading.Gzip(part), 0, 0, 0])]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(1_000_000)]
    public void Read_ZerosBehindTheData_ArePadding(int zeros) => Holds(Content, null, [.. FileReading.Gzip(Content), .. new byte[zeros]]);

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(300_000)]
    public void Read_SomethingElseBehindAMember_KeepsWhatCameBeforeAndTellsWhere(int zeros)
    {
        var packed = FileReading.Gzip(Content);
        foreach (var rest in (byte[][])[[0x1F], [0x1F, 1], [0x8B], "rubbish"u8.ToArray(), [.. "rubbish"u8, .. packed], Content])
        {
            var problem =
                $"at byte {(packed.Length * 2) + zeros} of the file begins something that is no gzip data, and was not read; "
                + $"read up to byte {Content.Length * 2} of their content";
            Holds([.. Content, .. Content], problem, [.. packed, .. packed, .. new byte[zeros], .. rest]);
        }
    }

    [Fact]
    public void Read_CutOffOrDamaged_IsAProblem()
    {
        var packed = FileReading.Gzip(Content);
        foreach (var length in Enumerable.Range(2, 60).Concat(Enumerable.Range(packed.Length - 60, 60)))
            Assert.StartsWith(
                "the gzip data are cut off or damaged; read up to byte ", Read(packed[..length]).Problem, StringComparison.Ordinal);
        for (var behind = 1; behind <= 8; behind++)
        {
            var damaged = packed.ToArray();
            damaged[^behind] ^= 1;
            Holds(Content, $"the gzip data are cut off or damaged; read up to byte {Content.Length} of their content", damaged);
        }
    }

    [Fact]
    public void Read_EveryFieldInTheHeader_IsPassedOver()
    {
        var packed = FileReading.Gzip(Content);
        byte[] fields = [5, 0, .. "extra"u8, .. "views.jsonl\0a comment\0"u8, 0x12, 0x34];
        byte[] header = [0x1F, 0x8B, 8, 4 | 8 | 16 | 2, 1, 2, 3, 4, 0, 3];
        Holds(Content, null, [.. header, .. fields, .. packed[10..]]);
        Assert.Equal(
            "the gzip data are cut off or damaged; read up to byte 0 of their content", Read([.. header, .. fields[..12]]).Problem);
        Assert.Equal(
            "the gzip data are cut off or damaged; read up to byte 0 of their content",
            Read([0x1F, 0x8B, 8, 0x80, .. packed[4..]]).Problem);
    }

    [Fact]
    public void Read_StreamThatGivesFewBytes_GivesTheSame()
    {
        byte[] packed = [.. FileReading.Gzip(Content), .. FileReading.Gzip([]), .. FileReading.Gzip(Content)];
        foreach (var count in (int[])[1, 2, 3, 1000])
            Holds([.. Content, .. Content], null, packed, count);
    }

    /// <summary>Content that cannot be compressed, in blocks larger than one read, and content that can.</summary>
    private static byte[] MakeContent()
    {
        var content = new byte[200_000];
        new Random(5).NextBytes(content.AsSpan(0, 150_000));
        return content;
    }

    private static void Holds(byte[] content, string? problem, byte[] packed, int atOnce = int.MaxValue)
    {
        var read = Read(packed, atOnce);
        Assert.Equal((content.Length, problem), (read.Content.Length, read.Problem));
        Assert.True(content.AsSpan().SequenceEqual(read.Content));
    }

    private static (byte[] Content, string? Problem) Read(byte[] packed, int atOnce = int.MaxValue)
    {
        using var input = new FileInput("f.gz", new Slow(packed, atOnce));
        var content = new MemoryStream();
        var buffer = new byte[70_000];
        while (input.Read(buffer) is > 0 and var count)
            content.Write(buffer, 0, count);
        return (content.ToArray(), input.Problem?.Message);
    }

    private sealed class Slow(byte[] bytes, int atOnce) : ReadingStream
    {
        private int given;

        public override int Read(Span<byte> buffer)
        {
            var count = Math.Min(Math.Min(buffer.Length, atOnce), bytes.Length - given);
            bytes.AsSpan(given, count).CopyTo(buffer);
            given += count;
            return count;
        }
    }
}
