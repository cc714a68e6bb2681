import { html, nothing } from 'lit';
import { check, choice } from '../fields.js';
import { name, parent, parse } from '../uris.js';

const FORMATS = [['csv', 'CSV'], ['json', 'JSON Lines'], ['pqt', 'Parquet'], ['avro', 'Avro']];
const DELIMITERS = [[',', 'Comma'], [';', 'Semicolon'], ['\t', 'Tab'], ['|', 'Pipe']];
const AROUND = [['none', 'None'], ['gzip', 'gzip'], ['bzip2', 'bzip2'], ['snappy', 'Snappy'], ['zstd', 'zstd']];
const COMPRESSIONS = {
  csv: AROUND,
  json: AROUND,
  pqt: [['none', 'As usual: zstd'], ['snappy', 'Snappy'], ['gzip', 'gzip'], ['zstd', 'zstd']],
  avro: [['none', 'As usual: deflate'], ['deflate', 'deflate'], ['snappy', 'Snappy'], ['zstd', 'zstd'], ['bzip2', 'bzip2']],
};
const ENDINGS = { gzip: '.gz', bzip2: '.bz2', snappy: '.snappy', zstd: '.zst' };

export const OPTIONS = { format: 'csv', compression: 'none', header: true, delim: ',', hasQuotes: false };

/** Parquet and Avro compress inside, of which a name says nothing. */
const around = format => COMPRESSIONS[format] === AROUND;

export const ending = ({ format, compression }) => `.${format}${around(format) ? ENDINGS[compression] ?? '' : ''}`;

/** Where a job writes what a setting names: in a folder of its own, which ends in its number. */
export function placeOf({ path, format, compression }, number) {
  const place = parse(path);
  const file = name(place);
  return { ...place, key: `${parent(place).key}${file.slice(0, -ending({ format, compression }).length)}_${number}/${file}` };
}

/** What a write setting says of its format. */
export const formatOf = ({ format, compression, header, delim, hasQuotes }) => ({
  action: 'create', format, compression, asSingleFile: true, ...(format === 'csv' && { header, delim, hasQuotes }),
});

/** The format of a result, and what can be chosen about it. */
export const formatFields = (values, set) => html`
  <div class="columns">
    ${choice('format', 'Format', values.format, FORMATS, format => set({ format, compression: 'none' }))}
    ${choice('compression', 'Compression', values.compression, COMPRESSIONS[values.format], compression => set({ compression }), { hint: around(values.format) && 'Where the operator allows it.' })}
    ${values.format === 'csv' ? choice('delim', 'Delimiter', values.delim, DELIMITERS, delim => set({ delim })) : nothing}
  </div>
  ${values.format === 'csv' ? html`
    ${check('header', 'Column names in the first row', values.header, header => set({ header }))}
    ${check('hasQuotes', 'Every value in quotes', values.hasQuotes, hasQuotes => set({ hasQuotes }))}` : nothing}`;

/** A write setting in words. */
export function formatWords({ format, compression, header, delim, hasQuotes }) {
  const csv = format === 'csv' && [header ? 'with column names' : 'without column names', DELIMITERS.find(([one]) => one === delim)?.[1].toLowerCase() ?? delim, hasQuotes && 'all values in quotes'];
  return [FORMATS.find(([one]) => one === format)?.[1] ?? format, compression && compression !== 'none' && compression, ...(csv || [])].filter(Boolean).join(', ');
}
