import { read } from '../api.js';
import { el, head } from '../dom.js';
import { exact } from '../format.js';
import './schedule-edit.js';
import './schedule-view.js';

export const TITLE = 'Schedule';

const TABS = { runs: ['Runs', 'schedule-view'], change: ['Change', 'schedule-edit'] };

export async function show({ id, query, me, signal }) {
  const seen = await read(`/v4/schedules/${id}?embed=creator`, signal);
  const schedule = seen.value;
  const owns = schedule.creator.id === me.personId;
  const chosen = owns && query.get('tab') === 'change' ? 'change' : 'runs';
  return [
    head(exact(schedule.name)),
    owns && el('nav', { class: 'tabs', 'aria-label': 'Of the schedule' }, Object.entries(TABS).map(([name, [label]]) => el('a', {
      href: name === 'runs' ? `#/schedules/${id}` : `#/schedules/${id}?tab=${name}`,
      'aria-current': name === chosen && 'page',
    }, label))),
    Object.assign(document.createElement(TABS[chosen][1]), { schedule, me, seen }),
  ];
}
