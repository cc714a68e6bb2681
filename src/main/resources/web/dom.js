/** Builds elements. Text only ever becomes text: names come from buckets, and may be anything. */
export function el(tag, props, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === 'function') node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? '' : value);
  }
  node.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return node;
}

export const link = (href, ...children) => el('a', { href }, ...children);

export const button = (label, onclick, props) => el('button', { type: 'button', onclick, ...props }, label);

export const linkButton = (href, label, kind) => el('a', { href, class: `button ${kind ?? ''}` }, label);

/** The head of a view: its title takes the focus when the view is shown. */
export function head(title, ...actions) {
  return el('div', { class: 'head' }, el('h1', { tabindex: '-1' }, title), el('div', { class: 'actions' }, ...actions));
}

/** Shows the view anew, because something in it has changed. */
export const again = () => dispatchEvent(new Event('hashchange'));

/** What to do where there is nothing to see. */
export function empty(text, ...actions) {
  return el('div', { class: 'empty' }, el('p', null, text), el('div', { class: 'actions' }, ...actions));
}

/**
 * A table that narrow screens show as a list of cards; the roles keep it a table for screen readers there too.
 *
 * @param columns of `{ label, cell(row), kind }`
 */
export function table(caption, columns) {
  const body = el('tbody', { role: 'rowgroup' });
  const node = el('table', { role: 'table' },
    el('caption', { class: 'unseen' }, caption),
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' },
      columns.map(column => el('th', { role: 'columnheader', scope: 'col', class: column.kind },
        column.hidden ? el('span', { class: 'unseen' }, column.label) : column.label)))),
    body);
  const row = item => el('tr', { role: 'row' }, columns.map(column => el('td',
    { role: 'cell', class: column.kind, 'data-label': column.hidden ? null : column.label }, column.cell(item))));
  return {
    node,
    add(items) {
      const rows = items.map(row);
      body.append(...rows);
      return rows;
    },
    clear: () => body.replaceChildren(),
  };
}

/** A dialog over the page; the browser keeps the focus inside and gives it back. */
export function dialog(title, ...content) {
  const node = el('dialog', { 'aria-label': title, onclose: () => node.remove() }, el('h2', null, title), ...content);
  document.body.append(node);
  node.showModal();
  return node;
}

/** Asks before what cannot be undone, or concerns others; the answer that changes nothing is the nearer one. */
export function ask(title, said, { keep, label, act }) {
  const asked = dialog(title, said.map(one => el('p', null, one)),
    el('div', { class: 'actions' }, button(keep, () => asked.close(), { autofocus: true }),
      button(label, () => {
        asked.close();
        act();
      }, { class: 'bad' })));
  return asked;
}
