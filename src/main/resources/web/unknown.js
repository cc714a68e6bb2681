import { head, linkButton, el } from './dom.js';
import { exact } from './format.js';

export const TITLE = 'There is nothing here';

/** What an address leads to that leads nowhere. */
export const show = ({ id }) => [
  head(TITLE),
  el('div', { class: 'empty' },
    el('p', null, 'No part of Wharf has the address ', el('code', null, exact(`#${id}`)), '. It may have been cut off when it was copied, or have a letter too many.'),
    el('div', { class: 'actions' }, linkButton('#/import', 'Import data', 'main'), linkButton('#/connections', 'Connections'), linkButton('#/datasets', 'Datasets'), linkButton('#/jobs', 'Jobs'))),
];
