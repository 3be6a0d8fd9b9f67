/** The standard normal distribution: both tails and their inverse, to the last digits. */
import { expectUnit } from "./arguments.ts";

const SQRT_2PI = Math.sqrt(2 * Math.PI);

/** P(Z <= x). */
export function normalCdf(x: number): number {
  if (Number.isNaN(x)) throw new RangeError("x: expected a number, got NaN");
  return x < 0 ? upperTail(-x) : 1 - upperTail(x);
}

/** P(Z > x), exact far out where 1 - normalCdf(x) would be 0. */
export function normalUpper(x: number): number {
  return normalCdf(-x);
}

/** Density of the standard normal distribution. */
export function normalDensity(x: number): number {
  return Math.exp(-0.5 * x * x) / SQRT_2PI;
}

/** P(chi-square with one degree of freedom > x), x >= 0. */
export function chiSquare1Upper(x: number): number {
  return 2 * upperTail(Math.sqrt(x));
}

/** The critical value of a two-sided interval with this confidence, for example 1.96 at 0.95. */
export function twoSidedZ(confidence: number): number {
  return -normalQuantile((1 - confidence) / 2);
}

/** The critical value of a one-sided bound with this confidence, for example 1.645 at 0.95. */
export function oneSidedZ(confidence: number): number {
  return -normalQuantile(1 - confidence);
}

/**
 * The x with P(Z <= x) = p (Wichura 1988, algorithm AS 241, PPND16: 1e-16 relative). For an upper tail use the symmetry
 * -normalQuantile(q), which keeps the digits of a small q.
 * @param p probability; 0 gives -Infinity and 1 gives Infinity
 */
export function normalQuantile(p: number): number {
  expectUnit("p", p);
  if (p === 0 || p === 1) return p === 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) return q * ratio(CENTRE, 0.180625 - q * q);
  const r = Math.sqrt(-Math.log(q < 0 ? p : 1 - p));
  const size = r <= 5 ? ratio(SHOULDER, r - 1.6) : ratio(TAIL, r - 5);
  return q < 0 ? -size : size;
}

/** P(Z > x) for x >= 0: rational approximations of Cody (1969), in the arrangement of Cody (1993, Algorithm 715). */
function upperTail(x: number): number {
  if (x <= 0.67448975) return 0.5 - x * ratio(CODY_CENTRE, x * x);
  if (x <= Math.sqrt(32)) return gauss(x) * ratio(CODY_MIDDLE, x);
  if (x > 40) return 0;
  const w = 1 / (x * x);
  return gauss(x) * ((1 / SQRT_2PI - w * ratio(CODY_FAR, w)) / x);
}

/** exp(-x²/2) with x split so that the square of its leading part is exact. */
function gauss(x: number): number {
  const lead = Math.trunc(x * 16) / 16;
  return Math.exp(-0.5 * lead * lead) * Math.exp(-0.5 * (x - lead) * (x + lead));
}

type Rational = { readonly top: readonly number[]; readonly bottom: readonly number[] };

/** Quotient of two polynomials whose coefficients are listed from the constant upwards. */
function ratio({ top, bottom }: Rational, x: number): number {
  return polynomial(top, x) / polynomial(bottom, x);
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduceRight((value, coefficient) => value * x + coefficient, 0);
}

const CENTRE: Rational = {
  top: [
    3.3871328727963665, 133.14166789178438, 1971.5909503065513, 13731.69376550946, 45921.95393154987, 67265.7709270087,
    33430.57558358813, 2509.0809287301227,
  ],
  bottom: [
    1, 42.31333070160091, 687.1870074920579, 5394.196021424751, 21213.794301586597, 39307.89580009271,
    28729.085735721943, 5226.495278852854,
  ],
};

const SHOULDER: Rational = {
  top: [
    1.4234371107496835, 4.630337846156546, 5.769497221460691, 3.6478483247632045, 1.2704582524523684,
    0.2417807251774506, 0.022723844989269184, 0.0007745450142783414,
  ],
  bottom: [
    1, 2.053191626637759, 1.6763848301838038, 0.6897673349851, 0.14810397642748008, 0.015198666563616457,
    0.0005475938084995345, 1.0507500716444169e-9,
  ],
};

const TAIL: Rational = {
  top: [
    6.657904643501103, 5.463784911164114, 1.7848265399172913, 0.29656057182850487, 0.026532189526576124,
    0.0012426609473880784, 2.7115555687434876e-5, 2.0103343992922881e-7,
  ],
  bottom: [
    1, 0.599832206555888, 0.1369298809227358, 0.014875361290850615, 0.0007868691311456133, 1.8463183175100548e-5,
    1.421511758316446e-7, 2.0442631033899397e-15,
  ],
};

const CODY_CENTRE: Rational = {
  top: [18154.98125334356, 1067.6894854603709, 161.02823106855587, 2.2352520354606837, 0.06568233791820745],
  bottom: [45507.78933502673, 10260.932208618979, 976.0985517377767, 47.202581904688245, 1],
};

const CODY_MIDDLE: Rational = {
  top: [
    9842.714838383978, 11602.65143764735, 6848.190450536283, 2494.5375852903726, 597.2702763948002, 93.50665613217785,
    8.883149794388377, 0.39894151208813466, 1.0765576773720192e-8,
  ],
  bottom: [
    19685.429676859992, 38912.00328609327, 34900.95272114598, 18615.571640885097, 6485.558298266761, 1519.3775994075547,
    235.387901782625, 22.266688044328117, 1,
  ],
};

const CODY_FAR: Rational = {
  top: [
    2.9112874951168793e-5, 0.0014216191932278934, 0.022235277870649807, 0.12740116116024736, 0.215898534057957,
    0.023073441764940174,
  ],
  bottom: [7.297515550839662e-5, 0.0037823963320275824, 0.06598813786892856, 0.4682382124808651, 1.284260096144911, 1],
};
