/**
 * Sums of values and of their squares that values can be taken from again: each is kept in two doubles (Dekker, Knuth: what
 * adding rounds off is added to the second), so that coming and going leaves no trace. Values must be below 1e150.
 */
export class Moments {
  private sum = 0;
  private sumRest = 0;
  private squares = 0;
  private squaresRest = 0;

  clear(): void {
    this.sum = this.sumRest = this.squares = this.squaresRest = 0;
  }

  /** `sign` -1 takes the value away. */
  add(value: number, sign: number): void {
    const signed = sign * value;
    const sum = this.sum + signed;
    const virtual = sum - this.sum;
    this.sumRest += this.sum - (sum - virtual) + (signed - virtual);
    this.sum = sum;

    const square = value * value;
    // The square exactly: square + rest.
    const split = 134217729 * value;
    const high = split - (split - value);
    const low = value - high;
    const rest = high * high - square + 2 * high * low + low * low;
    const signedSquare = sign * square;
    const squares = this.squares + signedSquare;
    const virtualSquare = squares - this.squares;
    this.squaresRest += this.squares - (squares - virtualSquare) + (signedSquare - virtualSquare) + sign * rest;
    this.squares = squares;
  }

  mean(count: number): number {
    return (this.sum + this.sumRest) / count;
  }

  /** Sum of the squares of the distances from the mean; undefined where the values are so close together that it is lost. */
  spread(count: number): number | undefined {
    // (sum + rest)² / count, subtracted from the squares in two parts each.
    const { sum, sumRest, squares, squaresRest } = this;
    const product = sum * sum;
    const split = 134217729 * sum;
    const high = split - (split - sum);
    const low = sum - high;
    const rest = high * high - product + 2 * high * low + low * low + 2 * sum * sumRest;
    const quotient = product / count;
    // What the division leaves: product - quotient * count, exactly.
    const [q, c] = [halves(quotient), halves(count)];
    const back = quotient * count;
    const backRest = q.high * c.high - back + q.high * c.low + q.low * c.high + q.low * c.low;
    const quotientRest = (product - back - backRest + rest) / count;
    const spread = squares - quotient + (squaresRest - quotientRest);
    return spread > squares * 1e-20 ? spread : undefined;
  }
}

function halves(value: number): { high: number; low: number } {
  const split = 134217729 * value;
  const high = split - (split - value);
  return { high, low: value - high };
}
