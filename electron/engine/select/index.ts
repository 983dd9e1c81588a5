export { canonicalJson } from './canonical-json.ts';
export { type DatasetIndex, withDerivedColumns } from './dataset-index.ts';
export { groupCounts, hasSignal, signalTolerance, type TaskFigures, taskFigures } from './groups.ts';
export { type SummaryRequest, summariseSelection } from './selection.ts';
export { NO_TASK, type TaskTable } from './tasks.ts';
