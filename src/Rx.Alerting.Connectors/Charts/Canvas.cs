using System.Runtime.InteropServices;

namespace Rx.Alerting.Connectors.Charts;

/// <summary>A colour without transparency: <c>0xRRGGBB</c>.</summary>
internal readonly record struct Colour(int Value)
{
    public byte Red => (byte)(Value >> 16);

    public byte Green => (byte)(Value >> 8);

    public byte Blue => (byte)Value;
}

/// <summary>A place on a canvas. (0, 0) is the upper left corner.</summary>
internal readonly record struct Place(double X, double Y);

/// <summary>An opaque picture that lines are drawn on, with smooth edges. What is outside is cut off.</summary>
/// <remarks>
/// Drawn here and not by a graphics library: the libraries of SkiaSharp for all systems are 200 MB, and have no font in a small container.
/// A pixel's share of a line is taken from the distance between its centre and the line.
/// </remarks>
internal sealed class Canvas
{
    private readonly double scale;
    private readonly byte[] pixels;
    private readonly byte[] coverage;

    /// <param name="width">In units.</param>
    /// <param name="height">In units.</param>
    /// <param name="scale">Pixels in a unit.</param>
    /// <param name="background">The colour of everything.</param>
    public Canvas(int width, int height, int scale, Colour background)
    {
        (this.scale, Width, Height) = (scale, width * scale, height * scale);
        pixels = new byte[3 * Width * Height];
        coverage = new byte[Width * Height];
        for (var i = 0; i < pixels.Length; i += 3)
            (pixels[i], pixels[i + 1], pixels[i + 2]) = (background.Red, background.Green, background.Blue);
    }

    /// <summary>In pixels.</summary>
    public int Width { get; }

    /// <summary>In pixels.</summary>
    public int Height { get; }

    /// <summary>Red, green and blue of each pixel, row by row.</summary>
    public ReadOnlySpan<byte> Pixels => pixels;

    /// <summary>Draws a line from place to place with round ends. One place alone, or the same twice, is a dot.</summary>
    public void Line(IReadOnlyList<Place> places, double thickness, Colour colour)
    {
        var radius = thickness * scale / 2;
        var touched = new Box(Width, Height, -1, -1);
        for (var i = 0; i < places.Count; i++)
        {
            var (from, to) = (ToPixels(places[Math.Max(0, i - 1)]), ToPixels(places[i]));
            touched = touched.With(Cover(from, to, radius));
        }

        Paint(touched, colour);
    }

    /// <summary>Draws a straight line in dashes.</summary>
    public void Dashes(Place from, Place to, double dash, double thickness, Colour colour)
    {
        var length = Math.Sqrt(Square(to.X - from.X) + Square(to.Y - from.Y));
        for (var at = 0.0; at < length; at += 2 * dash)
            Line([Between(at), Between(Math.Min(at + dash, length))], thickness, colour);

        Place Between(double at) => new(from.X + ((to.X - from.X) * at / length), from.Y + ((to.Y - from.Y) * at / length));
    }

    /// <summary>Tints what is between a line that goes to the right and a horizontal one below.</summary>
    /// <param name="line">At least one place.</param>
    /// <param name="bottom">Where the tint ends.</param>
    /// <param name="colour">Of the tint.</param>
    /// <param name="share">Of the tint in the colour that results, 0–1.</param>
    public void Below(IReadOnlyList<Place> line, double bottom, Colour colour, double share)
    {
        var (end, next) = (Math.Min(Height, (int)(bottom * scale)), 1);
        for (var x = Math.Max(0, (int)(line[0].X * scale)); x < Math.Min(Width, line[^1].X * scale); x++)
        {
            while (next < line.Count - 1 && line[next].X * scale <= x)
                next++;
            var (from, to) = (ToPixels(line[Math.Max(0, next - 1)]), ToPixels(line[Math.Min(next, line.Count - 1)]));
            var part = to.X > from.X ? Math.Clamp((x - from.X) / (to.X - from.X), 0, 1) : 1;
            for (var y = Math.Max(0, (int)(from.Y + ((to.Y - from.Y) * part))); y < end; y++)
                Blend((y * Width) + x, colour, share);
        }
    }

    /// <returns>The pixels that may have been covered.</returns>
    private Box Cover(Place from, Place to, double radius)
    {
        var reach = radius + 1;
        var box = new Box(
            Math.Max(0, (int)(Math.Min(from.X, to.X) - reach)),
            Math.Max(0, (int)(Math.Min(from.Y, to.Y) - reach)),
            Math.Min(Width - 1, (int)(Math.Max(from.X, to.X) + reach)),
            Math.Min(Height - 1, (int)(Math.Max(from.Y, to.Y) + reach)));
        for (var y = box.Top; y <= box.Bottom; y++)
        {
            for (var x = box.Left; x <= box.Right; x++)
            {
                var covered = Math.Clamp(0.5 + radius - Distance(new(x + 0.5, y + 0.5), from, to), 0, 1);
                ref var share = ref coverage[(y * Width) + x];
                share = Math.Max(share, (byte)(255 * covered));
            }
        }

        return box;
    }

    private void Paint(Box box, Colour colour)
    {
        for (var y = box.Top; y <= box.Bottom; y++)
        {
            for (var x = box.Left; x <= box.Right; x++)
            {
                ref var share = ref coverage[(y * Width) + x];
                if (share > 0)
                    Blend((y * Width) + x, colour, share / 255.0);
                share = 0;
            }
        }
    }

    private void Blend(int pixel, Colour colour, double share)
    {
        var channels = MemoryMarshal.CreateSpan(ref pixels[3 * pixel], 3);
        channels[0] = Mixed(channels[0], colour.Red, share);
        channels[1] = Mixed(channels[1], colour.Green, share);
        channels[2] = Mixed(channels[2], colour.Blue, share);
    }

    private Place ToPixels(Place place) => new(place.X * scale, place.Y * scale);

    private static byte Mixed(byte one, byte other, double share) => (byte)(one + ((other - one) * share) + 0.5);

    /// <summary>Of a point from a line that ends at both sides.</summary>
    private static double Distance(Place point, Place from, Place to)
    {
        var (x, y) = (to.X - from.X, to.Y - from.Y);
        var length = Square(x) + Square(y);
        var part = length > 0 ? Math.Clamp((((point.X - from.X) * x) + ((point.Y - from.Y) * y)) / length, 0, 1) : 0;
        return Math.Sqrt(Square(point.X - from.X - (part * x)) + Square(point.Y - from.Y - (part * y)));
    }

    private static double Square(double number) => number * number;

    /// <summary>Pixels, both ends included.</summary>
    private readonly record struct Box(int Left, int Top, int Right, int Bottom)
    {
        public Box With(Box other) => new(
            Math.Min(Left, other.Left), Math.Min(Top, other.Top), Math.Max(Right, other.Right), Math.Max(Bottom, other.Bottom));
    }
}
