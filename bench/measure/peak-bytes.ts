import { readFileSync } from 'node:fs';

/**
 * The most memory this process has had. On Linux by its own memory map: what getrusage says begins with the memory of whoever
 * started the process.
 */
export function peakBytes(): number {
  try {
    const kilobytes = /^VmHWM:\s*(\d+) kB$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // Another system.
  }
  return process.resourceUsage().maxRSS * 1024;
}
