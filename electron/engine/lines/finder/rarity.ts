/** Bytes of rollouts' lines, the commonest first: counted in files of 68 Gym servers, each weighing the same. */
const commonest = ' e"tnaoslri,u:cApd\\m_h0gfy1.bEROL24wxv3{}C8-Dk69P75>HW<[])(\'T*IS=/BqjN#FMYzQUG+$`JKVXZ?;|^%!@&~';

const ranks = new Uint8Array(256).fill(commonest.length);
// Files in other scripts have few lead bytes, many times, and any byte behind them.
ranks.fill(20, 0xc0);
ranks.fill(50, 0x80, 0xc0);
for (let rank = 0; rank < commonest.length; rank++) ranks[commonest.charCodeAt(rank)] = rank;

/** The greater, the rarer: of a byte of which the bits of `mask` do not count, that of its commonest form. */
export function rarityOf(value: number, mask: number): number {
  let least = 255;
  // Values have the bits of their mask set; the forms are those with any of them taken away.
  for (let taken = mask; ; taken = (taken - 1) & mask) {
    least = Math.min(least, ranks[value ^ taken] ?? 255);
    if (taken === 0) return least;
  }
}
