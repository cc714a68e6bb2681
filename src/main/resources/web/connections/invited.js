import { Problem } from '../api.js';

/** The ids of the people who are written in a text, many at once, as they are pasted from a letter. */
export const people = (typed, known) => [...new Set(written(typed).map(one => find(one, known)))];

/** Also as letters have them: `Ann <ann@example.com>; Bob <bob@example.com>`. */
function written(typed) {
  const names = typed.split(/[,;\n]+/).map(one => (/<([^<>]+)>\s*$/.exec(one)?.[1] ?? one).trim()).filter(Boolean);
  if (!names.length) throw new Problem(400, 'people: Write whom to give it.');
  return names;
}

function find(one, known) {
  const wanted = one.toLowerCase();
  const byAddress = known.filter(({ email }) => email.toLowerCase() === wanted);
  const found = byAddress.length ? byAddress : known.filter(({ name }) => name.toLowerCase() === wanted);
  if (found.length === 1) return found[0].id;
  throw new Problem(400, found.length
    ? `people: There are ${found.length} people called ${one}; write the address.`
    : `people: Nobody in this workspace is ${one}; nobody was added. An administrator adds people under Workspace.`);
}
