export { copyRows } from './copy-rows.ts';
export { saveView, type SaveRequest } from './save-view.ts';
