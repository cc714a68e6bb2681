import { Problem } from '../api.js';

const named = (file, path) => ({ file, path });
// What operating systems leave in folders, such as .DS_Store.
const hidden = ({ path }) => path.includes('/') && path.slice(path.lastIndexOf('/') + 1).startsWith('.');

/**
 * The files that were chosen or dropped, and those in all folders among them.
 *
 * @param source what holds them: a file input, or what a drop transfers
 * @return a promise of `{ files, leftOut }`: of `{ file, path }`, and how many hidden files of folders are not among them
 */
export async function filesOf(source) {
  const found = source.items
    ? await below(entriesOf(source.items))
    : [...source.files].map(file => named(file, file.webkitRelativePath || file.name));
  const files = found.filter(one => !hidden(one));
  return { files, leftOut: found.length - files.length };
}

/** Only while the drop is told of can they be asked for. */
function entriesOf(items) {
  return [...items].filter(({ kind }) => kind === 'file').map(item => item.webkitGetAsEntry() ?? item.getAsFile());
}

async function below(entries) {
  const found = [];
  const open = [...entries].reverse();
  while (open.length) {
    const entry = open.pop();
    if (entry instanceof File) {
      found.push(named(entry, entry.name)); // not from a disk, such as an image of a page
      continue;
    }
    const path = entry.fullPath.slice(1);
    try {
      if (entry.isDirectory) open.push(...(await inside(entry)).reverse());
      else found.push(named(await new Promise((resolve, reject) => entry.file(resolve, reject)), path));
    } catch (failure) {
      throw new Problem(0, `${path} cannot be read: ${failure.message} Nothing of what you dropped was uploaded.`);
    }
  }
  return found;
}

/** A folder is told in parts; the last one is empty. */
async function inside(folder) {
  const reader = folder.createReader();
  const all = [];
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return all;
    all.push(...some);
  }
}
