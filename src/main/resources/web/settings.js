import { el, head } from './dom.js';

// Another part of the settings is a row here and a view in app.js.
const PARTS = [
  ['tokens', 'Access tokens', () => true],
  ['storage', 'Base storage', () => true],
  ['people', 'People', me => me.workspaceAdmin],
  ['workspace', 'Workspace', me => me.workspaceAdmin],
  ['audit', 'Audit events', me => me.workspaceAdmin],
];

/** The head of a part of the settings, with the way to the others. */
export function settingsHead(part, me, ...actions) {
  const open = PARTS.filter(([, , may]) => may(me));
  const [, title] = PARTS.find(([name]) => name === part);
  return [
    open.length > 1 && el('nav', { class: 'tabs', 'aria-label': 'Settings' }, open.map(([name, label]) => el('a',
      { href: `#/settings/${name}`, 'aria-current': name === part && 'page' }, label))),
    head(title, ...actions),
  ];
}
