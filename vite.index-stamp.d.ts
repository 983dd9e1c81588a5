/** A hash of all that: indexes saved by another build are not read. */
export declare function indexStamp(): string;
