import { head, linkButton } from '../dom.js';
import './schedule-table.js';

export const TITLE = 'Schedules';

export function show({ me }) {
  return [head(TITLE, linkButton('#/datasets', 'Schedule a dataset')), Object.assign(document.createElement('schedule-table'), { me })];
}
