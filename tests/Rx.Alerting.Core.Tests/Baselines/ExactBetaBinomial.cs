using System.Numerics;

namespace Rx.Alerting.Core.Tests.Baselines;

/// <summary>The beta-binomial in whole numbers: pseudo-counts a = <paramref name="a"/>/c and b = <paramref name="b"/>/c.</summary>
internal sealed class ExactBetaBinomial(int n, long a, long b, long c)
{
    /// <summary>Terms p(0) … p(n) as whole numbers of one common unit, which is exact.</summary>
    public BigInteger[] Terms()
    {
        var terms = new BigInteger[n + 1];
        BigInteger choose = 1;
        for (var k = 0; k <= n; k++)
        {
            terms[k] = choose * Rising(a, k) * Rising(b, n - k);
            choose = choose * (n - k) / (k + 1);
        }

        return terms;
    }

    public BigInteger Unit() => Rising(a + b, n);

    /// <summary>ln P(K ≥ k) for every k from 0 to n, rounded only where whole numbers become a double.</summary>
    public double[] LogTails()
    {
        var terms = Terms();
        var tails = new double[n + 1];
        BigInteger sum = 0;
        for (var k = n; k >= 0; k--)
        {
            sum += terms[k];
            tails[k] = LogRatio(sum, Unit());
        }

        return tails;
    }

    /// <summary>
    /// ln P(K ≥ k) for large n. Computed from the mean on, by the ratios of neighbouring terms, in fixed-point numbers of 4096 bits.
    /// It is exact to hundreds of digits.
    /// </summary>
    public double LogTail(int k)
    {
        var unit = BigInteger.One << 4096;
        var mean = (int)((Int128)n * a / (a + b));
        BigInteger all = unit, tail = mean >= k ? unit : 0;
        var term = unit;
        for (var j = mean; j < n; j++)
        {
            term = term * (n - j) * (a + (j * c)) / (j + 1) / (b + ((n - j - 1) * c));
            all += term;
            if (j + 1 >= k)
                tail += term;
        }

        term = unit;
        for (var j = mean; j > 0; j--)
        {
            term = term * j * (b + ((n - j) * c)) / (n - j + 1) / (a + ((j - 1) * c));
            all += term;
            if (j - 1 >= k)
                tail += term;
        }

        return LogRatio(tail, all);
    }

    private BigInteger Rising(long from, int count)
    {
        BigInteger product = 1;
        for (var i = 0; i < count; i++)
            product *= from + (i * c);
        return product;
    }

    private static double LogRatio(BigInteger part, BigInteger whole)
    {
        // 128 significant bits, so that a ratio near one keeps all its digits.
        var shift = (int)(whole.GetBitLength() - part.GetBitLength()) + 128;
        var quotient = (part << shift) / whole;
        return Math.Log((double)quotient * Math.Pow(2, -128)) - ((shift - 128) * Math.Log(2));
    }
}
