import { Sums } from './sums.ts';

// Positions are below the arrays' length, so entries are never undefined: that is what `!` stands for here.

/** In a list of answers: the rollout gave none. */
export const NO_ANSWER = -1;

/** What Gym's `compute_pass_majority_metrics` and `add_avg_sample_std_dev` answer, by their names; percentages but for `avg_sample_std_dev`. */
export interface PassValues {
  readonly values: Record<string, number>;
  /** By score, 100 × the mean over tasks of rollout 0, 1, 2 … */
  readonly perSample: Record<string, number[]>;
}

/**
 * Gathers the rollouts of one task after the other. Every figure of every k up to `mostK` comes from one pass over a task,
 * so that time and memory grow with the rollouts, not with their number squared.
 */
export class PassStatistics {
  private readonly accuracy: ScoreTally;
  private readonly noAnswer: ScoreTally | undefined;
  /** Of any task. */
  longest = 0;

  constructor(
    withAnswers: boolean,
    private readonly mostK: number,
  ) {
    this.accuracy = new ScoreTally(mostK);
    this.noAnswer = withAnswers ? new ScoreTally(mostK) : undefined;
  }

  /** `scores`: of a task's rollouts in their order, NaN where there is none. `answers`: equal numbers, equal answers; NO_ANSWER. */
  add(scores: readonly number[], answers?: readonly number[]): void {
    this.longest = Math.max(this.longest, scores.length);
    this.accuracy.add(scores, answers);
    if (answers)
      this.noAnswer?.add(
        answers.map((answer) => (answer === NO_ANSWER ? 1 : 0)),
        answers,
      );
  }

  result(): PassValues {
    const values: Record<string, number> = {};
    const perSample: Record<string, number[]> = {};
    const longest = Math.min(this.longest, this.mostK);
    const tallies = { accuracy: this.accuracy, ...(this.noAnswer && { no_answer: this.noAnswer }) };
    for (const [name, tally] of Object.entries(tallies)) {
      for (const { k, pass, average, majority, deviation } of tally.means(longest)) {
        if (pass !== undefined) values[`pass@${k}/${name}`] = 100 * pass;
        if (average !== undefined) values[`pass@1[avg-of-${k}]/${name}`] = 100 * average;
        if (this.noAnswer && majority !== undefined) values[`majority@${k}/${name}`] = 100 * majority;
        if (k > 1 && deviation !== undefined) values[`pass@1[avg-of-${k}]/${name}/avg_sample_std_dev`] = deviation;
      }
      const runs = tally.runs();
      if (runs.length > 0) perSample[name] = runs;
      for (let k = 2; k <= longest && runs.length >= 2; k++) {
        const first = runs.slice(0, k);
        const spread = sampleDeviation(first);
        values[`pass@1[avg-of-${k}]/${name}/std_dev_across_runs`] = spread;
        values[`pass@1[avg-of-${k}]/${name}/std_err_across_runs`] = spread / Math.sqrt(first.length);
      }
    }
    return { values, perSample };
  }
}

interface Means {
  readonly k: number;
  readonly pass: number | undefined;
  readonly average: number | undefined;
  readonly majority: number | undefined;
  readonly deviation: number | undefined;
}

/** One score over all tasks. A list of sums has one for each k, at k - 1; its `tail` has what tasks of n rollouts give to every k > n, at n. */
class ScoreTally {
  private readonly pass = new Sums();
  private readonly run = new Sums();
  private readonly average = { sums: new Sums(), tail: new Sums() };
  private readonly deviation = { sums: new Sums(), tail: new Sums() };
  private readonly majority = { sums: new Sums(), tail: new Sums() };

  constructor(private readonly mostK: number) {}

  add(scores: readonly number[], answers: readonly number[] | undefined): void {
    this.addPass(scores.filter((score) => !Number.isNaN(score)));
    const vote = new Vote();
    let count = 0;
    let mean = 0;
    let squares = 0; // of differences from the mean, by Welford
    const length = Math.min(scores.length, this.mostK);
    for (let i = 0; i < length; i++) {
      const score = scores[i]!;
      if (!Number.isNaN(score)) {
        this.run.add(i, score);
        const step = score - mean;
        mean += step / ++count;
        squares += step * (score - mean);
        if (answers && answers[i] !== NO_ANSWER) vote.add(answers[i]!, score);
      }
      if (count >= 1) this.average.sums.add(i, mean);
      if (count >= 2) this.deviation.sums.add(i, Math.sqrt(squares / (count - 1)));
      if (answers) this.majority.sums.add(i, vote.result());
    }
    if (count >= 1) this.average.tail.add(length, mean);
    if (count >= 2) this.deviation.tail.add(length, Math.sqrt(squares / (count - 1)));
    if (answers) this.majority.tail.add(length, vote.result());
  }

  /** Where all scores are 0 or 1, the chance that one of k drawn without return is 1; else the largest of the first k. */
  private addPass(scores: readonly number[]): void {
    let isBinary = true;
    let wrong = 0;
    for (let i = 0; i < scores.length; i++) {
      if (scores[i] === 0) wrong++;
      else if (scores[i] !== 1) isBinary = false;
    }
    let allWrong = 1;
    let largest = -Infinity;
    for (let i = 0; i < Math.min(scores.length, this.mostK); i++) {
      allWrong *= Math.max(0, wrong - i) / (scores.length - i);
      largest = Math.max(largest, scores[i]!);
      this.pass.add(i, isBinary ? 1 - allWrong : largest);
    }
  }

  /** Means over tasks for k = 1, 2 … `longest`; undefined where no task has a value. */
  *means(longest: number): Generator<Means> {
    const shorter = { average: new Running(), deviation: new Running(), majority: new Running() };
    for (let k = 1; k <= longest; k++) {
      for (const name of ['average', 'deviation', 'majority'] as const) if (k > 1) shorter[name].add(this[name].tail, k - 1);
      const mean = (name: keyof typeof shorter): number | undefined => shorter[name].mean(this[name].sums, k - 1);
      const passed = this.pass.count(k - 1);
      yield {
        k,
        pass: passed === 0 ? undefined : this.pass.sum(k - 1) / passed,
        average: mean('average'),
        majority: mean('majority'),
        deviation: mean('deviation'),
      };
    }
  }

  /** 100 × the mean of each rollout number that any task has. */
  runs(): number[] {
    const runs: number[] = [];
    for (let i = 0; i < this.mostK; i++) if (this.run.count(i) > 0) runs.push((100 * this.run.sum(i)) / this.run.count(i));
    return runs;
  }
}

/** What shorter tasks add to the sums of a k. */
class Running {
  private readonly sums = new Sums();
  private count = 0;

  add(tail: Sums, at: number): void {
    this.sums.add(0, tail.sum(at));
    this.count += tail.count(at);
  }

  mean(own: Sums, at: number): number | undefined {
    const count = this.count + own.count(at);
    return count === 0 ? undefined : (this.sums.sum(0) + own.sum(at)) / count;
  }
}

/** Counts pairs of answer and score as rollouts come in. */
class Vote {
  private readonly counts = new Map<string, number>();
  private most = 0;
  private tied = 0;
  private tiedScores = 0;

  add(answer: number, score: number): void {
    const pair = `${answer} ${score}`;
    const count = (this.counts.get(pair) ?? 0) + 1;
    this.counts.set(pair, count);
    if (count > this.most) [this.most, this.tied, this.tiedScores] = [count, 1, score];
    else if (count === this.most) {
      this.tied++;
      this.tiedScores += score;
    }
  }

  /** The score of the most frequent pair, the mean of those that are equally frequent, 0 without an answer. */
  result(): number {
    return this.tied === 0 ? 0 : this.tiedScores / this.tied;
  }
}

function sampleDeviation(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
