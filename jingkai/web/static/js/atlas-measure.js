// Lengths and areas on the ellipsoid of CGCS2000 (GB 22021: a = 6,378,137 m, 1/f = 298.257222101).
const A = 6378137;
const F = 1 / 298.257222101;
const B = A * (1 - F);
const E2 = F * (2 - F);
const E = Math.sqrt(E2);
const RADIANS = Math.PI / 180;

// Metres between two places (longitude, latitude), by Vincenty's inverse formula.
export function distance([x1, y1], [x2, y2]) {
  const u1 = Math.atan((1 - F) * Math.tan(y1 * RADIANS)), u2 = Math.atan((1 - F) * Math.tan(y2 * RADIANS));
  const [s1, c1, s2, c2] = [Math.sin(u1), Math.cos(u1), Math.sin(u2), Math.cos(u2)];
  const along = (x2 - x1) * RADIANS;
  let turn = along;
  for (let round = 0; round < 100; round += 1) {
    const sin = Math.hypot(c2 * Math.sin(turn), c1 * s2 - s1 * c2 * Math.cos(turn));
    if (sin === 0) return 0;
    const cos = s1 * s2 + c1 * c2 * Math.cos(turn), sigma = Math.atan2(sin, cos);
    const alpha = c1 * c2 * Math.sin(turn) / sin, square = 1 - alpha ** 2;
    const middle = square === 0 ? 0 : cos - 2 * s1 * s2 / square;
    const c = F / 16 * square * (4 + F * (4 - 3 * square));
    const next = along + (1 - c) * F * alpha * (sigma + c * sin * (middle + c * cos * (2 * middle ** 2 - 1)));
    if (Math.abs(next - turn) < 1e-12) {
      const u = square * (A ** 2 - B ** 2) / B ** 2;
      const k = 1 + u / 16384 * (4096 + u * (u * (320 - 175 * u) - 768)), l = u / 1024 * (256 + u * (u * (74 - 47 * u) - 128));
      const delta = l * sin * (middle + l / 4 * (cos * (2 * middle ** 2 - 1) - l / 6 * middle * (4 * sin ** 2 - 3) * (4 * middle ** 2 - 3)));
      return B * k * (sigma - delta);
    }
    turn = next;
  }
  return NaN;
}

export const lengthOf = (places) => places.slice(1).reduce((sum, place, index) => sum + distance(places[index], place), 0);

// Square metres of a ring: on the sphere of the same surface, at its authalic latitudes.
export function areaOf(places) {
  const whole = q(1);
  const heights = places.map(([, y]) => q(Math.sin(y * RADIANS)) / whole);
  const sum = places.reduce((total, [x], index) => {
    const next = (index + 1) % places.length;
    return total + (places[next][0] - x) * RADIANS * (heights[index] + heights[next]) / 2;
  }, 0);
  return Math.abs(sum) * A ** 2 * whole / 2;
}

const q = (sin) => (1 - E2) * (sin / (1 - E2 * sin ** 2) + Math.atanh(E * sin) / E);
