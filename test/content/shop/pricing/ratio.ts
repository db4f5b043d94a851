const gcd = (a: bigint, b: bigint): bigint => (b === 0n ? a : gcd(b, a % b));

/** An exact number, as a fraction in lowest terms. */
export class Ratio {
  readonly numerator: bigint;
  readonly denominator: bigint;

  constructor(numerator: bigint, denominator = 1n) {
    const common = gcd(numerator < 0n ? -numerator : numerator, denominator) || 1n;
    this.numerator = numerator / common;
    this.denominator = denominator / common;
  }

  /** What a decimal such as `12.50` says. */
  static of(decimal: string): Ratio {
    const [whole = "0", part = ""] = decimal.split(".");
    return new Ratio(BigInt(whole + part), 10n ** BigInt(part.length));
  }

  plus = (it: Ratio) =>
    new Ratio(this.numerator * it.denominator + it.numerator * this.denominator, this.denominator * it.denominator);
  minus = (it: Ratio) => this.plus(new Ratio(-it.numerator, it.denominator));
  times = (it: Ratio) => new Ratio(this.numerator * it.numerator, this.denominator * it.denominator);
  over = (it: Ratio) => this.times(new Ratio(it.denominator, it.numerator));
  isMoreThan = (it: Ratio) => this.numerator * it.denominator > it.numerator * this.denominator;

  /** Of numbers that are not negative, to so many decimals. */
  down(digits: number): Ratio {
    const unit = 10n ** BigInt(digits);
    return new Ratio((this.numerator * unit) / this.denominator, unit);
  }

  /** To so many decimals, a half up. */
  rounded = (digits: number): Ratio => this.plus(new Ratio(1n, 2n * 10n ** BigInt(digits))).down(digits);

  /** `12.50`, with so many decimals. */
  written(digits: number): string {
    const units = (this.numerator * 10n ** BigInt(digits)) / this.denominator;
    const text = units.toString().padStart(digits + 1, "0");
    return digits === 0 ? text : `${text.slice(0, -digits)}.${text.slice(-digits)}`;
  }
}

export const ZERO = new Ratio(0n);
export const ONE = new Ratio(1n);
export const sum = (all: readonly Ratio[]): Ratio => all.reduce((some, it) => some.plus(it), ZERO);
