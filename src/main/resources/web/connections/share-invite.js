import { post, Problem } from '../api.js';
import { el } from '../dom.js';
import { field, form, select, text } from '../forms.js';
import { count } from '../format.js';

let number = 0;

/** Asks whom to give a connection; many at once, as they are pasted from a letter. */
export function inviteForm({ people, path, editors, owner, held, done }) {
  const names = el('datalist', { id: `people-${++number}` });
  const whom = text({ required: true, list: names.id, autocapitalize: 'off', placeholder: 'ann@example.com, bob@example.com' });
  const role = select([['connection_viewer', 'Viewer'], ...(editors ? [['connection_editor', 'Editor']] : [])]);
  // The browser completes the whole input, so what is proposed begins with those who stand in it already.
  const propose = () => {
    const before = whom.value.slice(0, whom.value.lastIndexOf(',') + 1);
    const open = people.filter(person => person !== owner && !person.isDisabled && !held().some(({ id }) => id === person.id));
    names.replaceChildren(...open.slice(0, 200).map(person => el('option', { value: `${before}${before && ' '}${person.email}` }, person.name)));
  };
  whom.addEventListener('input', propose);
  propose();
  return form(async () => {
    const ids = [...new Set(written(whom.value).map(one => find(one, people)))];
    await post(path, { data: ids.map(id => ({ person: { id }, policyTag: role.value })) });
    whom.value = '';
    await done(`Shared with ${count(ids.length, 'person', 'people')}.`);
    propose();
    whom.focus();
  }, [
    field('people', 'Add people', whom, 'E-mail addresses or names, with commas between them.'),
    names,
    field('policyTag', 'As', role, editors ? 'Viewers use it; editors may change it as well.' : 'Viewers use it.'),
  ], [el('button', { type: 'submit', class: 'main' }, 'Share')]);
}

/** Also as letters have them: `Ann <ann@example.com>; Bob <bob@example.com>`. */
const written = pasted => pasted.split(/[,;\n]+/).map(one => (/<([^<>]+)>\s*$/.exec(one)?.[1] ?? one).trim()).filter(Boolean);

function find(one, people) {
  const wanted = one.toLowerCase();
  const byAddress = people.filter(person => person.email.toLowerCase() === wanted);
  const found = byAddress.length ? byAddress : people.filter(person => person.name.toLowerCase() === wanted);
  if (found.length === 1) return found[0].id;
  throw new Problem(400, found.length
    ? `people: There are ${found.length} people called ${one}; write the address.`
    : `people: Nobody in this workspace is ${one}; nobody was added. An administrator adds people under Workspace.`);
}
