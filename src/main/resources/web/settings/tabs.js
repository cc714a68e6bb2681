import { el, head } from '../dom.js';

// Another part of the workspace is a row here and a view in app.js.
const PARTS = [
  ['', 'Workspace', 'General'],
  ['/people', 'People'],
  ['/storage', 'Base storage'],
  ['/lifecycle', 'What accumulates'],
  ['/deadLetters', 'Dead letters'],
  ['/audit', 'Audit events'],
];

/** The head of a part of the workspace, with the way to the others. */
export function workspaceHead(part, me, ...actions) {
  const [, title] = PARTS.find(([path]) => path === part);
  return [
    me.workspaceAdmin && el('nav', { class: 'tabs', 'aria-label': 'Workspace' }, PARTS.map(([path, name, label = name]) => el('a',
      { href: `#/workspace${path}`, 'aria-current': path === part && 'page' }, label))),
    head(title, ...actions),
  ];
}

/** What is shown to others in place of what administrators see. */
export const forAdministrators = title => [
  head(title),
  el('p', { class: 'warning' }, 'This is for administrators of the workspace. Whoever is one can give you the role.'),
];
