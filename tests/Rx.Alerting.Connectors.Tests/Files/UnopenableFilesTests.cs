using System.Text;
using Rx.Alerting.Connectors.Files;

namespace Rx.Alerting.Connectors.Tests.Files;

/// <summary>Files and options with faults: every fault is named, with what to do about it.</summary>
public sealed class UnopenableFilesTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Open_WhatIsNotReadHere_SaysWhatToDo()
    {
        (string Name, byte[] Content, string Fault)[] files =
        [
            (
                "views.jsonl.zst",
                [0x28, 0xB5, 0x2F, 0xFD, 0x24, 0x10],
                "is compressed with zstd; decompress it first: zstdcat FILE | rx-alerting replay -"),
            ("views.bz2", [.. "BZh91AY"u8], "is compressed with bzip2; decompress it first: bzcat FILE | rx-alerting replay -"),
            ("views.xz", [0xFD, .. "7zXZ\0"u8], "is compressed with xz; decompress it first: xzcat FILE | rx-alerting replay -"),
            ("views.zip", [.. "PK\u0003\u0004"u8], "is compressed with zip; decompress it first: unzip -p FILE | rx-alerting replay -"),
            (
                "twice.gz",
                FileReading.Gzip(FileReading.Gzip(FileReading.Lines(FileReading.Line(1)))),
                "is compressed with gzip twice; decompress it first: zcat FILE | zcat | rx-alerting replay -"),
            (
                "utf16.jsonl",
                [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(FileReading.Line(1))],
                "is UTF-16; convert it with iconv -f utf-16 -t utf-8"),
            (
                "utf16be.jsonl",
                Encoding.BigEndianUnicode.GetBytes(FileReading.Line(1)),
                "is UTF-16; convert it with iconv -f utf-16 -t utf-8"),
            (
                "views.csv",
                [.. "view_id,property_id,view_end\nv1,p,1767225600\n"u8],
                "is a table of values separated by commas, which is not read here; write its rows as JSON objects, one a line"),
            (
                "views.tsv",
                [.. "\uFEFFview_id\tproperty_id\t\"view_end\"\r\nv1\tp\t1767225600\r\n"u8],
                "is a table of values separated by tabs, which is not read here; write its rows as JSON objects, one a line"),
            (
                "error.html",
                [.. "\n<!DOCTYPE html>\n<html><body>404 Not Found</body></html>\n"u8],
                "is HTML or XML, as a server answers that does not give the file itself; look into it, and fetch it again"),
            ("views.parquet", [.. "PAR1\u0015\u0004"u8], "is Parquet, which is not read here; write its rows as JSON objects, one a line"),
            (
                "mac.csv",
                [.. "view_id,property_id,view_end\rv1,p,1767225600\r"u8],
                "is a table of values separated by commas, which is not read here; write its rows as JSON objects, one a line"),
            (
                "iis.log",
                [.. "#Software: IIS\n#Fields: date time\n2026-05-17 10:00:00\n"u8],
                "is a log in the W3C extended format (CloudFront, IIS), which is not read here; write it in the combined format, "
                + "or its lines as JSON objects"),
            ("zeros", new byte[300_000], "holds nothing but zero bytes"),
        ];
        Assert.Equal(
            files.Select(file => $"{Path.Combine(folder.Path, file.Name)}: {file.Fault}"),
            Faults([.. files.Select(file => folder.File(file.Name, file.Content))]));
    }

    [Theory]
    [InlineData("[2026-05-17T20:17:00.310Z] \"POST /api HTTP/2\" 204 - 154 0 226 100 \"203.0.113.5\"\n")]
    [InlineData("[Sun May 17 10:00:00.123456 2026] [core:error] [pid 12] AH00126: Invalid URI in request\n")]
    [InlineData("[1,2,3]")]
    [InlineData("[info] {x}")]
    public void Open_BracketThatBeginsNoObjects_IsNotRecognised(string text) =>
        Assert.Contains(
            "not recognised: no JSON or Protocol Buffers of Mux Data, and no access log",
            Assert.Single(Faults(folder.File("f", Encoding.UTF8.GetBytes(text)))),
            StringComparison.Ordinal);

    [Fact]
    public void Open_ManyFaults_AreAllNamed()
    {
        var missing = Path.Combine(folder.Path, "missing.jsonl");
        var unknown = folder.File("notes.txt", "Dear diary,\nnothing happened.\n"u8);
        var good = folder.File("good", FileReading.Lines(FileReading.Line(1)));
        Assert.Equal(
            [
                $"{folder.Path}: is a folder; give the files in it",
                $"{missing}: no such file",
                $"{unknown}: not recognised: no JSON or Protocol Buffers of Mux Data, "
                + $"and no access log in the common or combined format; say what it is with --format mux-json, mux-protobuf or access-log",
            ],
            Faults(folder.Path, missing, good, unknown));
    }

    [Fact]
    public void Open_NoPermission_IsNamed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "root may read everything");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "needs Unix file modes");
        var path = folder.File("secret", FileReading.Lines(FileReading.Line(1)));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.None);
        Assert.Equal([$"{path}: no permission to read it"], Faults(path));
    }

    [Fact]
    public void Open_BadOptions_AreAllNamed()
    {
        var exception = Assert.Throws<FileSourceException>(() => FileViewSource.Open(new()
        {
            Paths = ["a", "a"],
            BatchViews = 0,
            AccessLog = new() { FailureStatuses = ["5xx", "oops"] },
        }));
        Assert.Equal(
            [
                "Files:Paths has a more than once",
                "AccessLog:FailureStatuses has \"oops\", must be a status such as 404, or a class such as 5xx",
                "Files:BatchViews is 0, must be from 1 to 65536",
            ],
            exception.Faults);
        Assert.Equal(
            "Files:Paths is empty, must name at least one file",
            Assert.Throws<FileSourceException>(() => FileViewSource.Open(new() { Paths = [] })).Message);
    }

    private static IReadOnlyList<string> Faults(params string[] paths) =>
        Assert.Throws<FileSourceException>(() => FileViewSource.Open(new() { Paths = paths })).Faults;
}
