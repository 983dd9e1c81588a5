/** Two values of a metric that differ by no more carry no signal. */
export const signalTolerance = 1e-6;
