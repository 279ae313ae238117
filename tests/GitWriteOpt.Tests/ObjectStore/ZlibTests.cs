using System.IO.Compression;
using System.Text;
using GitWriteOpt.ObjectStore;

namespace GitWriteOpt.Tests.ObjectStore;

/// <summary>What we compress, the class library's zlib inflates to the same bytes.</summary>
public sealed class ZlibTests
{
    private const int Framing = 11;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Zlib.StoredUpTo)]
    [InlineData(Zlib.StoredUpTo + 1)]
    [InlineData(4096)]
    [InlineData(QuickDeflate.Longest - 1)]
    [InlineData(QuickDeflate.Longest)]
    [InlineData(QuickDeflate.Longest + 1)]
    [InlineData(100_000)]
    public void Contents_of_every_kind_come_back_and_never_take_more_than_their_frame(int length)
    {
        var random = new Random(length);
        foreach (var content in Kinds(length, random))
        {
            var packed = Pack(content);
            Inflate(packed).ShouldBe(content);
            packed.Length.ShouldBeLessThanOrEqualTo(length + Framing + (length / 1000));
        }
    }

    [Fact]
    public void Every_length_and_distance_of_a_match_comes_back()
    {
        var random = new Random(1);
        var noise = new byte[QuickDeflate.Longest];
        random.NextBytes(noise);
        for (var length = 4; length <= 300; length++)
        {
            foreach (var distance in (int[])[length, length + 1, 511, 1024, 4097, 20_000, QuickDeflate.Longest - (2 * length)])
            {
                if (distance >= length)
                {
                    byte[] content = [.. noise[..distance], .. noise[..length], .. noise[..length]];
                    content = content.Length > QuickDeflate.Longest ? content[..QuickDeflate.Longest] : content;
                    Inflate(Pack(content)).AsSpan().SequenceEqual(content).ShouldBeTrue($"length {length}, distance {distance}");
                }
            }
        }
    }

    [Fact]
    public void Random_mixtures_come_back()
    {
        var random = new Random(2);
        for (var round = 0; round < 500; round++)
        {
            var content = new byte[random.Next(513, 6000)];
            for (var at = 0; at < content.Length;)
            {
                var run = Math.Min(random.Next(1, 400), content.Length - at);
                if (at > 0 && random.Next(2) == 0)
                {
                    var from = random.Next(at);
                    for (var i = 0; i < run; i++)
                    {
                        content[at + i] = content[from + i];
                    }
                }
                else
                {
                    random.NextBytes(content.AsSpan(at, run));
                }

                at += run;
            }

            Inflate(Pack(content)).AsSpan().SequenceEqual(content).ShouldBeTrue($"round {round}");
        }
    }

    [Fact]
    public void Source_text_shrinks_to_about_what_zlibs_quickest_level_makes_of_it()
    {
        var text = File.ReadAllBytes(Path.Combine(Cli.SourceTree.Root, "src/GitWriteOpt/Writer.cs"));
        text = text[..Math.Min(text.Length, QuickDeflate.Longest)];
        using var zlib = new MemoryStream();
        using (var stream = new ZLibStream(zlib, CompressionLevel.Fastest, leaveOpen: true))
        {
            stream.Write(text);
        }

        Pack(text).Length.ShouldBeLessThan((int)(zlib.Length * 1.2));
    }

    private static IEnumerable<byte[]> Kinds(int length, Random random)
    {
        yield return new byte[length];
        var noise = new byte[length];
        random.NextBytes(noise);
        yield return noise;
        var text = new StringBuilder();
        while (text.Length < length)
        {
            text.Append("public static int Value").Append(random.Next(1000)).Append(" => other + ").Append(random.Next(10)).Append(";\n");
        }

        yield return Encoding.ASCII.GetBytes(text.ToString()[..length]);
        yield return [.. Enumerable.Range(0, length).Select(i => (byte)(i * 7))];
        yield return [.. Enumerable.Repeat((byte)0xff, length)];
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        Zlib.Write(content, packed);
        return packed.ToArray();
    }

    private static byte[] Inflate(byte[] packed)
    {
        using var source = new MemoryStream(packed);
        using var zlib = new ZLibStream(source, CompressionMode.Decompress);
        using var content = new MemoryStream();
        zlib.CopyTo(content);
        return content.ToArray();
    }
}
