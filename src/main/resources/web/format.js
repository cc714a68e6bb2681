import { el } from './dom.js';

const UNITS = ['B', 'kB', 'MB', 'GB', 'TB', 'PB'];

export function size(bytes) {
  if (bytes === null || bytes === undefined) return '';
  const exact = `${bytes.toLocaleString()} bytes`;
  let unit = 0;
  let amount = bytes;
  for (; amount >= 999.5 && unit < UNITS.length - 1; unit++) amount /= 1000;
  const digits = unit === 0 || amount >= 100 ? 0 : 1;
  return el('span', { title: exact, class: 'number' }, `${amount.toFixed(digits)} ${UNITS[unit]}`);
}

const WITH_ZONE = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'full' });
const whole = iso => `${WITH_ZONE.format(new Date(iso))} · ${iso}`;
const TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

export function time(iso) {
  return iso ? el('time', { datetime: iso, title: whole(iso) }, TIME.format(new Date(iso))) : '';
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });

/** To the second, where what came first matters. */
export const moment = iso => el('time', { datetime: iso, title: whole(iso) }, MOMENT.format(new Date(iso)));

export function duration(from, to) {
  const seconds = Math.max(0, Math.round((new Date(to) - new Date(from)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  return minutes < 60 ? `${minutes} min ${seconds % 60} s` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export const count = (number, one, many) => `${number.toLocaleString()} ${number === 1 ? one : many}`;

// Controls, invisible characters and those that turn the direction of text; blanks where they would not be seen.
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u00ad\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]|^ +| +$| {2,}/g;

/** A name as it is: what one could not see, or what would pretend to be something else, is shown by a sign. */
export function exact(text) {
  const node = el('bdi', { class: 'name' });
  let end = 0;
  for (const found of text.matchAll(UNSEEN)) {
    node.append(text.slice(end, found.index), el('span', { class: 'sign', title: codes(found[0]) }, sign(found[0])));
    end = found.index + found[0].length;
  }
  node.append(text.slice(end));
  return node;
}

/** The same for what takes nothing but text, such as labels; blanks are left as they are. */
export const visible = text => text.replace(UNSEEN, found => (found[0] === ' ' ? found : sign(found)));

const codes = text => [...text].map(code).join(' ');
const code = character => `U+${character.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`;

function sign(text) {
  if (text[0] === ' ') return '␣'.repeat(text.length);
  const point = text.codePointAt(0);
  return point < 0x20 ? String.fromCodePoint(0x2400 + point) : point === 0x7f ? '␡' : code(text);
}

const TYPES = [[/^(TINY|SMALL|BIG|HUGE)?INT(EGER)?$|^U(TINY|SMALL|BIG|HUGE)?INT(EGER)?$/, 'whole number'], [/^(DOUBLE|FLOAT|REAL)$/, 'number'], [/^DECIMAL/, 'decimal'],
  [/^VARCHAR$/, 'text'], [/^BOOLEAN$/, 'yes or no'], [/^DATE$/, 'date'], [/^TIMESTAMP/, 'date and time'], [/^TIME/, 'time'], [/^BLOB$/, 'binary'], [/\[\]$/, 'list'], [/^STRUCT|^MAP/, 'structure']];

/** How people call a type of the engine. */
export const typeWords = type => TYPES.find(([pattern]) => pattern.test(type))?.[1] ?? type.toLowerCase();
